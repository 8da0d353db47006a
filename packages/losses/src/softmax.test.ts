import { add, createRng, max, randomNormal, setBackend, sum, type Tensor, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { logSoftmax, logSumExp, softmax } from './index.ts'

const seed = fc.integer({ min: 0, max: 2 ** 31 })
const rows = fc.integer({ min: 1, max: 5 })
const classes = fc.integer({ min: 1, max: 12 })
const size = fc.constantFrom(0.01, 1, 30, 700)

/** Random logits (N, C) of the given standard deviation. */
const logits = (N: number, C: number, std: number, from: number): Tensor =>
  randomNormal([N, C], { std, rng: createRng(from) })

describe('softmax', () => {
  it("has the values of the book's example, [0.3, 2.9, 4.0], to all digits", () => {
    // python3 -c "import numpy as np; e = np.exp([0.3, 2.9, 4.0]); print((e / e.sum()).tolist())"   (NumPy 2.4.6)
    const y = [0.018211273295547534, 0.2451918129350739, 0.7365969137693785]
    const got = softmax(tensor([0.3, 2.9, 4]))
    for (const [c, probability] of y.entries()) expect(got.at(c)).toBeCloseTo(probability, 15)
  })

  it('turns each row of (N, C) into probabilities, in the same shape', () => {
    const x = tensor([
      [0, 0],
      [Math.log(3), 0],
    ])
    const y = softmax(x)
    expect(y.shape).toEqual([2, 2])
    expect(y.row(0).toArray()).toEqual([0.5, 0.5])
    expect(y.at(1, 0)).toBeCloseTo(0.75, 15)
    expect(softmax(x.row(1)).toArray()).toEqual(y.row(1).toArray())
  })

  it('adds up to 1 and lies between 0 and 1, whatever the logits', () => {
    fc.assert(
      fc.property(rows, classes, size, seed, (N, C, std, from) => {
        const y = softmax(logits(N, C, std, from))
        for (const total of sum(y, { axis: 1 }).data) expect(Math.abs(total - 1)).toBeLessThan(1e-12)
        expect(y.data.every((p) => p >= 0 && p <= 1)).toBe(true)
      }),
    )
  })

  it('does not change if a number is added to all logits of a sample', () => {
    fc.assert(
      fc.property(rows, classes, fc.integer({ min: -1000, max: 1000 }), seed, (N, C, shift, from) => {
        const x = logits(N, C, 1, from)
        const [y, shifted] = [softmax(x).data, softmax(add(x, shift)).data]
        y.forEach((p, i) => {
          expect(Math.abs(shifted[i] - p)).toBeLessThan(1e-12)
        })
      }),
    )
  })

  it('does not overflow: 1010, 1000, 990 give the same as 10, 0, −10', () => {
    expect(softmax(tensor([1010, 1000, 990])).data).toEqual(softmax(tensor([10, 0, -10])).data)
    expect(softmax(tensor([-1e308, 0])).toArray()).toEqual([0, 1])
  })

  it('has probability 0 for a logit of −∞, and NaN for a row with NaN or +∞, or of nothing but −∞', () => {
    expect(softmax(tensor([-Infinity, 0])).toArray()).toEqual([0, 1])
    const y = softmax(
      tensor([
        [Number.NaN, 1],
        [2, 2],
        [Infinity, 1],
        [-Infinity, -Infinity],
      ]),
    )
    expect(y.row(0).toArray()).toEqual([Number.NaN, Number.NaN])
    expect(y.row(1).toArray()).toEqual([0.5, 0.5])
    expect(y.row(2).toArray()).toEqual([Number.NaN, Number.NaN])
    expect(y.row(3).toArray()).toEqual([Number.NaN, Number.NaN])
  })

  it('returns float32 for logits in float32', () => {
    const y = softmax(tensor([0.3, 2.9, 4], { dtype: 'float32' }))
    expect(y.dtype).toBe('float32')
    expect(sum(y)).toBeCloseTo(1, 6)
  })

  it('throws for shapes other than (N, C) and (C), and does not change its input', () => {
    expect(() => softmax(tensor([[[1]]]))).toThrow(
      'softmax: logits have shape (1, 1, 1), but (N, C) is needed, or (C) for one sample',
    )
    expect(() => softmax(tensor(1))).toThrow(RangeError)
    expect(() => softmax(tensor([[]]))).toThrow('softmax: logits have shape (1, 0)')
    const x = logits(2, 3, 1, 0)
    const before = x.data.slice()
    softmax(x)
    expect(x.data).toEqual(before)
  })
})

describe('logSoftmax', () => {
  it('is the logarithm of softmax', () => {
    fc.assert(
      fc.property(rows, classes, fc.constantFrom(0.01, 1, 30), seed, (N, C, std, from) => {
        const x = logits(N, C, std, from)
        const [logs, y] = [logSoftmax(x).data, softmax(x).data]
        logs.forEach((value, i) => {
          expect(Math.exp(value)).toBeCloseTo(y[i], 12)
        })
      }),
    )
  })

  it('is exact even if the probability underflows to 0: −2000, not −∞', () => {
    expect(softmax(tensor([0, 2000])).at(0)).toBe(0)
    expect(logSoftmax(tensor([0, 2000])).at(0)).toBe(-2000)
  })
})

describe('logSumExp', () => {
  it('has the values computed by NumPy, (N, 1) for (N, C) and (1) for (C)', () => {
    // python3 -c "import numpy as np; print(np.log(np.exp([[1, -2, .5], [0, 3, -1]]).sum(1)).tolist())"
    const expected = [1.5045969023422836, 3.0658839037574293]
    const x = tensor([
      [1, -2, 0.5],
      [0, 3, -1],
    ])
    const got = logSumExp(x)
    expect(got.shape).toEqual([2, 1])
    expect(got.at(0, 0)).toBeCloseTo(expected[0], 15)
    expect(got.at(1, 0)).toBeCloseTo(expected[1], 15)
    expect(logSumExp(x.row(1)).shape).toEqual([1])
    expect(logSumExp(x.row(1)).at(0)).toBe(got.at(1, 0))
  })

  it('lies between the largest logit m and m + log C', () => {
    fc.assert(
      fc.property(rows, classes, size, seed, (N, C, std, from) => {
        const x = logits(N, C, std, from)
        const largest = max(x, { axis: 1 }).data
        logSumExp(x).data.forEach((value, n) => {
          expect(value).toBeGreaterThanOrEqual(largest[n])
          expect(value).toBeLessThanOrEqual(largest[n] + Math.log(C) + 1e-12 * Math.abs(value))
        })
      }),
    )
  })

  it('is −∞ if all logits are −∞', () => {
    expect(logSumExp(tensor([-Infinity, -Infinity])).toArray()).toEqual([-Infinity])
  })
})

describe('softmax on the plain TypeScript backend', () => {
  afterEach(() => setBackend('wasm'))

  it('has the same probabilities to the last digits', () => {
    const x = logits(3, 10, 5, 1)
    const y = softmax(x).data
    setBackend('js')
    softmax(x).data.forEach((p, i) => {
      expect(Math.abs(p - y[i])).toBeLessThan(1e-15)
    })
  })
})
