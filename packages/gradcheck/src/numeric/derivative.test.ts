import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { derivative } from '../index.ts'

describe('derivative', () => {
  it('is precise to ten digits and estimates its error', () => {
    for (const [f, slope, x] of [
      [Math.exp, Math.exp, 1],
      [Math.sin, Math.cos, 100],
      [Math.tanh, (t: number) => 1 - Math.tanh(t) ** 2, -0.3],
      [(t: number) => 1 / t, (t: number) => -1 / t ** 2, 2],
    ] as const) {
      const { value, error } = derivative(f, x)
      expect(Math.abs(value - slope(x))).toBeLessThan(1e-10)
      expect(error).toBeLessThan(1e-9)
    }
  })

  it('is off by at most ten times its estimated error, for random polynomials', () => {
    const number = fc.double({ min: -10, max: 10, noNaN: true })
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 6 }), number, (c, x) => {
        const f = (t: number) => c.reduceRight((sum, one) => sum * t + one, 0)
        const terms = c.slice(1).map((one, k) => (k + 1) * one * x ** k)
        const slope = terms.reduce((sum, term) => sum + term, 0)
        const rounding = 1e-15 * terms.reduce((sum, term) => sum + Math.abs(term), 0)
        const { value, error } = derivative(f, x)
        expect(Math.abs(value - slope)).toBeLessThanOrEqual(10 * error + rounding)
      }),
    )
  })

  it('counts the rounding of a function that hardly changes in proportion to itself, even if no value differs', () => {
    for (const [f, slope] of [
      [(t: number) => 6e-6 + 1e-7 * t, 1e-7],
      [(t: number) => 10 + 4e-9 * t, 4e-9],
      [(t: number) => 1e-3 + 3e-13 * t, 3e-13],
      [(t: number) => 1 + 1e-18 * t, 1e-18],
      [(t: number) => 4.4e-323 - 7.4e-323 * t, -7.4e-323],
    ] as const) {
      for (const x of [0, 1e-200, 0.3]) {
        const { value, error } = derivative(f, x)
        expect(error).toBeGreaterThan(0)
        expect(Math.abs(value - slope)).toBeLessThanOrEqual(error)
      }
    }
  })

  it('does not take two extrapolations that coincide by chance for precise', () => {
    // Beyond a distance of about 1e-13 the terms of order 3 and 4 cancel in the error estimate, though not in the value.
    const f = (t: number) => t ** 3 * (-8.6e-58 + t * (-9e-46 - 1.1e-35 * t))
    const { value, error } = derivative(f, 0)
    expect(Math.abs(value)).toBeLessThanOrEqual(error)
  })

  it('does not take a function that returns to its value at a larger step for one that jumps', () => {
    const x = -(2 ** -42)
    const { value, error } = derivative((t) => 8e-53 * t * t, x)
    expect(Math.abs(value - 2 * 8e-53 * x)).toBeLessThanOrEqual(error)
    expect(error).toBeLessThan(1e-3 * Math.abs(value))
  })

  it('estimates an infinite error at a jump and for NaN, and one that spans both sides at a kink', () => {
    expect(derivative((x) => (x > 0 ? 1 : 0), 0).error).toBe(Infinity)
    expect(derivative(() => Number.NaN, 0).error).toBe(Infinity)
    const { value, error } = derivative(Math.abs, 0)
    expect(value).toBe(0)
    expect(error).toBeCloseTo(1, 12)
  })

  it('is honest where a function varies over a small distance, or is steep', () => {
    for (const [f, slope, x] of [
      [Math.sin, Math.cos, 1e6],
      [(t: number) => Math.sin(1e5 * t), (t: number) => 1e5 * Math.cos(1e5 * t), 1],
      [(t: number) => 1 / t, (t: number) => -1 / t ** 2, 1e-5],
      [Math.sqrt, (t: number) => 0.5 / Math.sqrt(t), 1e-9],
    ] as const) {
      const { value, error } = derivative(f, x)
      expect(Math.abs(value - slope(x))).toBeLessThanOrEqual(error)
      expect(error).toBeLessThan(1e-2 * Math.abs(slope(x)))
    }
  })

  it('takes no larger step than the given one, and throws for an invalid one', () => {
    const seen: number[] = []
    derivative((x) => seen.push(x) && x, 0, { h: 0.25 })
    expect(Math.max(...seen)).toBe(0.25)
    expect(() => derivative(Math.sin, 0, { h: 0 })).toThrow(RangeError)
  })
})
