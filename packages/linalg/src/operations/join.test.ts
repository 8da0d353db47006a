import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyTensor, elementsBy } from '../arbitrary.testing.ts'
import { add, concat, stack, tensor, zeros } from '../index.ts'

const x = tensor([
  [1, 2],
  [3, 4],
  [5, 6],
])

describe('concat', () => {
  it('joins along the first axis by default', () => {
    expect(concat([x, x.rows(0, 1)]).toArray()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
      [1, 2],
    ])
  })

  it('joins columns of different numbers along axis 1', () => {
    const joined = concat([tensor([[1], [2]]), x.rows(0, 2)], { axis: 1 })
    expect(joined.toArray()).toEqual([
      [1, 1, 2],
      [2, 3, 4],
    ])
  })

  it('agrees with a loop over all indices, along every axis, for both dtypes and empty axes', () => {
    fc.assert(
      fc.property(anyTensor, fc.nat(3), fc.boolean(), (a, axis, fromBack) => {
        fc.pre(axis < a.rank)
        const b = add(a, 1)
        const joined = concat([a, b], { axis: fromBack ? axis - a.rank : axis })
        const length = a.shape[axis]
        expect(joined.shape).toEqual(a.shape.map((n, i) => (i === axis ? 2 * n : n)))
        expect(joined.dtype).toBe(a.dtype)
        expect([...joined.data]).toEqual(
          elementsBy(joined, (index) => {
            const inSource = index.map((n, i) => (i === axis ? n % length : n))
            return (index[axis] < length ? a : b).at(...inSource)
          }),
        )
      }),
    )
  })

  it('writes into out, which must not be an operand', () => {
    const out = zeros([6, 2])
    expect(concat([x, x], { out })).toBe(out)
    expect(out.at(5, 1)).toBe(6)
    expect(() => concat([out], { out })).toThrow('concat: out must not share its elements with an operand')
  })

  it('throws for no tensors, different lengths and mixed dtypes', () => {
    expect(() => concat([])).toThrow('concat: give at least one tensor')
    expect(() => concat([x, zeros([1, 3])])).toThrow(
      'concat: shapes (3, 2) and (1, 3) must be equal except along axis 0',
    )
    expect(() => concat([x, x.astype('float32')])).toThrow(TypeError)
    expect(() => concat([tensor(1)])).toThrow('concat: axis 0 does not exist in a tensor of rank 0')
  })
})

describe('stack', () => {
  it('joins vectors as rows by default, as columns along axis 1', () => {
    const [a, b] = [tensor([1, 2, 3]), tensor([4, 5, 6])]
    expect(stack([a, b]).toArray()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ])
    expect(stack([a, b], { axis: 1 }).toArray()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ])
    expect(stack([a, b], { axis: -1 })).toEqual(stack([a, b], { axis: 1 }))
  })

  it('joins scalars to a vector', () => {
    expect(stack([tensor(1), tensor(2)]).toArray()).toEqual([1, 2])
  })

  it('agrees with a loop over all indices, along every axis, for both dtypes and empty axes', () => {
    fc.assert(
      fc.property(anyTensor, fc.nat(4), fc.boolean(), (a, axis, fromBack) => {
        fc.pre(axis <= a.rank)
        const tensors = [a, add(a, 1), add(a, 2)]
        const before = tensors.map((t) => t.clone())
        const stacked = stack(tensors, { axis: fromBack ? axis - a.rank - 1 : axis })
        expect(stacked.shape).toEqual([...a.shape.slice(0, axis), 3, ...a.shape.slice(axis)])
        expect(stacked.dtype).toBe(a.dtype)
        expect([...stacked.data]).toEqual(
          elementsBy(stacked, (index) => tensors[index[axis]].at(...index.filter((_, i) => i !== axis))),
        )
        expect(tensors).toEqual(before)
      }),
    )
  })

  it('writes into out, which must not be an operand', () => {
    const out = zeros([2, 3, 2])
    expect(stack([x, x], { out })).toBe(out)
    expect(out.at(1, 2, 1)).toBe(6)
    expect(() => stack([x], { out: x.reshape([1, 3, 2]) })).toThrow(
      'stack: out must not share its elements with an operand',
    )
    expect(() => stack([x, x], { out: zeros([3, 2]) })).toThrow(
      'stack: out has shape (3, 2), but the result has (2, 3, 2)',
    )
  })

  it('throws for no tensors, different shapes, mixed dtypes and an axis beyond the new one', () => {
    expect(() => stack([])).toThrow('stack: give at least one tensor')
    expect(() => stack([x, zeros([3, 1])])).toThrow('stack: shapes (3, 2) and (3, 1) must be equal')
    expect(() => stack([x, x.astype('float32')])).toThrow(
      /^stack: \(.*\) is float64 and \(.*\) float32, which do not mix/,
    )
    expect(() => stack([x], { axis: 3 })).toThrow(
      'stack: axis 3 does not exist in a tensor of rank 3: use -3 to 2',
    )
  })
})
