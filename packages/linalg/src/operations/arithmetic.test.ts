import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, createRng, div, mul, randomNormal, scale, sub, type Tensor, tensor, zeros } from '../index.ts'
import { maskPositive } from '../kernels.ts'

describe('add, sub, mul, div', () => {
  const x = tensor([
    [1, 2],
    [3, 4],
  ])

  it('apply to each pair of elements', () => {
    expect(add(x, x).toArray()).toEqual([
      [2, 4],
      [6, 8],
    ])
    expect(sub(x, x).toArray()).toEqual([
      [0, 0],
      [0, 0],
    ])
    expect(div(x, x).toArray()).toEqual([
      [1, 1],
      [1, 1],
    ])
  })

  it('repeat a row (the bias of a layer), a column or a number', () => {
    expect(add(x, tensor([10, 20])).toArray()).toEqual([
      [11, 22],
      [13, 24],
    ])
    expect(mul(tensor([[2], [3]]), x).toArray()).toEqual([
      [2, 4],
      [9, 12],
    ])
    expect(sub(1, x).toArray()).toEqual([
      [0, -1],
      [-2, -3],
    ])
    expect(scale(x, 2).toArray()).toEqual([
      [2, 4],
      [6, 8],
    ])
    expect(add(1, 2).toArray()).toBe(3)
  })

  it('convert a number to the dtype of the other operand, as NumPy does', () => {
    expect(mul(tensor([1], { dtype: 'float32' }), 0.1).at(0)).toBe(Math.fround(0.1))
  })

  it('agree with a loop over all indices, for any shapes that broadcast', () => {
    const lengths = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })
    const squeeze = fc.array(fc.boolean(), { minLength: 4, maxLength: 4 })
    fc.assert(
      fc.property(lengths, squeeze, squeeze, fc.nat(4), fc.nat(9), (full, ones1, ones2, drop, seed) => {
        const rng = createRng(seed)
        const a = randomNormal(
          full.map((n, i) => (ones1[i] ? 1 : n)),
          { rng },
        )
        const b = randomNormal(full.map((n, i) => (ones2[i] ? 1 : n)).slice(Math.min(drop, full.length)), {
          rng,
        })
        const got = sub(a, b)
        const read = (x: Tensor, index: number[]) =>
          x.at(...x.shape.map((n, axis) => (n === 1 ? 0 : index[axis + index.length - x.rank])))
        const visit = (index: number[]): void => {
          if (index.length === got.rank) {
            expect(got.at(...index)).toBe(read(a, index) - read(b, index))
            return
          }
          for (let i = 0; i < got.shape[index.length]; i++) visit([...index, i])
        }
        visit([])
      }),
    )
  })

  it('throw with both shapes if they do not broadcast', () => {
    expect(() => add(x, tensor([1, 2, 3]))).toThrow(
      'add: shapes (2, 2) and (3) do not broadcast: counted from the last axis, lengths must be equal or 1, and 2 meets 3',
    )
  })

  it('throw for mixed dtypes and name astype', () => {
    expect(() => mul(x, x.astype('float32'))).toThrow(
      /mul: \(.*\) is float64 and \(.*\) float32, which do not mix.*astype/,
    )
  })

  it('throw for operands that are neither tensors nor numbers', () => {
    for (const neither of [[1, 2], null, undefined, '1', { data: [1], shape: [1] }]) {
      expect(() => add(x, neither as never)).toThrow(/^add: b must be a tensor or a number, not /)
    }
    const { data, shape } = x
    expect(() => mul({ data, shape } as never, x)).toThrow(/^mul: a must be .* tensor of another copy/)
  })

  it('write into out, which may be an operand, and throw if it does not fit', () => {
    const out = zeros([2, 2])
    expect(add(x, x, { out })).toBe(out)
    const y = x.clone()
    add(y, 1, { out: y })
    expect(y.at(0, 0)).toBe(2)
    expect(() => add(x, x, { out: zeros([2]) })).toThrow('out has shape (2), but the result has (2, 2)')
    expect(() => add(x, x, { out: zeros([2, 2], { dtype: 'float32' }) })).toThrow(TypeError)
  })

  it('do not change their operands', () => {
    const before = x.clone()
    add(x, x)
    mul(x, 3)
    expect(x.data).toEqual(before.data)
  })
})

describe('maskPositive', () => {
  it('keeps x if the other is positive or NaN, and returns 0 if it is 0 or negative', () => {
    const by = tensor([1, 0, -1, Number.NaN, -0])
    expect(maskPositive(tensor([5, 6, 7, 8, 9]), by).toArray()).toEqual([5, 0, 0, 8, 0])
  })

  it('throws under its own name if shapes do not broadcast', () => {
    expect(() => maskPositive(tensor([1, 2]), tensor([1, 2, 3]))).toThrow(
      'maskPositive: shapes (2) and (3) do not broadcast',
    )
  })
})
