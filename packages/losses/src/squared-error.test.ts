import { createRng, randomNormal, scale, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { meanSquaredError, sumSquaredError } from './index.ts'

const y = tensor([
  [1, 2, 3],
  [4, 5, 6],
])
const t = tensor([
  [1, 0, 6],
  [4, 4, 6],
])

describe('sumSquaredError', () => {
  it('is half the sum of the squares: ½(0 + 4 + 9 + 0 + 1 + 0) = 7, by hand', () => {
    expect(sumSquaredError(y, t)).toBe(7)
  })

  it("has the book's value of section 4.2.1, 0.0975", () => {
    const guess = tensor([0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0])
    const answer = tensor([0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    expect(sumSquaredError(guess, answer)).toBeCloseTo(0.0975, 15)
  })
})

describe('meanSquaredError', () => {
  it('is the mean over all elements: 14/6, by hand', () => {
    expect(meanSquaredError(y, t)).toBe(14 / 6)
  })
})

describe.each([
  ['sumSquaredError', sumSquaredError],
  ['meanSquaredError', meanSquaredError],
])('%s', (name, error) => {
  it('is 0 for equal tensors, symmetric, and grows with the square of the difference', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), fc.integer({ min: 1, max: 9 }), (seed, n) => {
        const rng = createRng(seed)
        const [a, b] = [randomNormal([n], { rng }), randomNormal([n], { rng })]
        expect(error(a, a)).toBe(0)
        expect(error(a, b)).toBe(error(b, a))
        expect(error(scale(a, 4), scale(b, 4))).toBe(16 * error(a, b))
      }),
    )
  })

  it('does not broadcast: throws for (2, 3) and (3), naming both', () => {
    expect(() => error(y, t.row(0))).toThrow(
      `${name}: shapes of y (2, 3) and t (3) must be equal and not empty`,
    )
    expect(() => error(tensor([]), tensor([]))).toThrow(RangeError)
  })

  it('throws for mixed dtypes, naming astype', () => {
    expect(() => error(y, t.astype('float32'))).toThrow(
      `${name}: y is float64 and t float32: convert one with astype`,
    )
  })

  it('of NaN is NaN', () => {
    expect(error(tensor([1, Number.NaN]), tensor([1, 1]))).toBeNaN()
  })
})
