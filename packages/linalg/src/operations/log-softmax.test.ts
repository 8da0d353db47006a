import { describe, expect, it } from 'vitest'
import { allClose, backends, logSoftmax, setBackend, tensor, zeros } from '../index.ts'

describe('logSoftmax', () => {
  it('subtracts log Σ eˣ from each row, along the last axis', () => {
    const y = logSoftmax(
      tensor([
        [Math.log(1), Math.log(3)],
        [5, 5],
      ]),
    )
    expect(y.shape).toEqual([2, 2])
    expect(
      allClose(
        y,
        tensor([
          [Math.log(1 / 4), Math.log(3 / 4)],
          [-Math.LN2, -Math.LN2],
        ]),
        { atol: 1e-15 },
      ),
    ).toBe(true)
    expect(logSoftmax(tensor([[[1, 1]], [[2, 2]]])).shape).toEqual([2, 1, 2])
  })

  it('neither overflows nor loses digits if elements are large', () => {
    const [large, small] = [logSoftmax(tensor([1e6, 1e6 + 1])), logSoftmax(tensor([0, 1]))]
    expect(large.data).toEqual(small.data)
    expect(logSoftmax(tensor([0, 1000])).data[0]).toBe(-1000)
  })

  it.each(backends())(
    'gives −∞ for −∞, and NaN for a row with NaN, with +∞, or of nothing but −∞: %s',
    (name) => {
      setBackend(name)
      const [nan, inf] = [Number.NaN, Infinity]
      for (const dtype of ['float32', 'float64'] as const) {
        const of = (...row: number[]) => logSoftmax(tensor([row], { dtype })).toArray()
        expect(of(-inf, 0, -inf)).toEqual([[-inf, 0, -inf]])
        expect(of(-inf, -inf)).toEqual([[nan, nan]])
        expect(of(inf, 1, -inf)).toEqual([[nan, nan, nan]])
        expect(of(inf, inf)).toEqual([[nan, nan]])
        expect(of(1, nan, 2)).toEqual([[nan, nan, nan]])
        expect(of(-inf)).toEqual([[nan]])
      }
      setBackend('wasm')
    },
  )

  it('writes into out, which may be x, and returns an empty tensor for an empty one', () => {
    const x = tensor([[0, 0]], { dtype: 'float32' })
    expect(logSoftmax(x, { out: x })).toBe(x)
    expect(x.data[0]).toBe(Math.fround(-Math.LN2))
    expect(logSoftmax(zeros([3, 0])).shape).toEqual([3, 0])
  })

  it('throws for a scalar', () => {
    expect(() => logSoftmax(tensor(1))).toThrow('logSoftmax: a scalar has no classes; give (N, C), or (C)')
  })
})
