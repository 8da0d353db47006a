import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { anyDtype, elementsBy } from '../arbitrary.testing.ts'
import { createRng, ones, randomNormal, relu, type Tensor, tensor, where, zeros } from '../index.ts'

describe('where', () => {
  it('takes elements of a if the condition is not 0, else of b', () => {
    expect(where(tensor([1, 0, -2]), tensor([1, 2, 3]), tensor([4, 5, 6])).toArray()).toEqual([1, 5, 3])
  })

  it('takes 0 and −0 as false, and NaN as true, as NumPy does', () => {
    expect(where(tensor([0, -0, Number.NaN, 5e-324]), 1, 2).toArray()).toEqual([2, 2, 1, 1])
  })

  it('takes a condition of another dtype, and numbers in the dtype of the other operand', () => {
    const chosen = where(tensor([1, 0]), tensor([1, 2], { dtype: 'float32' }), 0.1)
    expect(chosen).toEqual(tensor([1, Math.fround(0.1)], { dtype: 'float32' }))
    expect(where(tensor([1], { dtype: 'float32' }), 1, 2).dtype).toBe('float64')
  })

  it('repeats a column condition and a row of values', () => {
    expect(where(tensor([[1], [0]]), tensor([1, 2]), -1).toArray()).toEqual([
      [1, 2],
      [-1, -1],
    ])
  })

  it('agrees with a loop over all indices, for any shapes that broadcast and both dtypes', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 })
    const one = fc.tuple(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), fc.nat(4))
    fc.assert(
      fc.property(lengths, fc.tuple(one, one, one), anyDtype, fc.nat(1000), (shape, drawn, dtype, seed) => {
        const rng = createRng(seed)
        const operands = drawn.map(([isSingle, missing]) =>
          randomNormal(shape.map((n, i) => (isSingle[i] ? 1 : n)).slice(Math.min(missing, shape.length)), {
            rng,
            dtype,
          }),
        )
        const condition = relu(operands[0])
        const [, a, b] = operands
        const before = operands.map((x) => x.clone())
        const chosen = where(condition, a, b)
        const read = (x: Tensor, index: number[]) =>
          x.at(...x.shape.map((n, axis) => (n === 1 ? 0 : index[axis + index.length - x.rank])))
        expect(chosen.dtype).toBe(dtype)
        expect([...chosen.data]).toEqual(
          elementsBy(chosen, (index) => (read(condition, index) ? read(a, index) : read(b, index))),
        )
        expect(operands).toEqual(before)
      }),
    )
  })

  it('writes into out, which may be an operand', () => {
    const x = tensor([1, -2, 3])
    expect(where(relu(x), x, 0, { out: x })).toBe(x)
    expect(x.toArray()).toEqual([1, 0, 3])
    expect(() => where(x, 1, 0, { out: zeros([2]) })).toThrow(
      'where: out has shape (2), but the result has (3)',
    )
  })

  it('throws for shapes that do not broadcast, mixed dtypes and operands of other kinds', () => {
    expect(() => where(zeros([2]), ones([3]), 0)).toThrow('where: shapes (2) and (3) do not broadcast')
    expect(() => where(zeros([2]), ones([2]), ones([3]))).toThrow(
      'where: shapes (2) and (3) do not broadcast',
    )
    expect(() => where(zeros([2]), ones([2]), ones([2], { dtype: 'float32' }))).toThrow(
      /^where: \(.*\) is float64 and \(.*\) float32, which do not mix/,
    )
    expect(() => where([1, 0] as never, 1, 2)).toThrow('where: condition must be a tensor')
    expect(() => where(zeros([2]), [1, 2] as never, 2)).toThrow('where: a must be a tensor or a number')
  })
})
