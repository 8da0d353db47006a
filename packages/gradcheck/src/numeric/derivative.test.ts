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
        const slope = c.reduce((sum, one, k) => sum + (k === 0 ? 0 : k * one * x ** (k - 1)), 0)
        const size = c.reduce((sum, one, k) => sum + Math.abs(one * x ** k), 0)
        const { value, error } = derivative(f, x)
        expect(Math.abs(value - slope)).toBeLessThanOrEqual(10 * error + 1e-13 * (1 + size))
      }),
    )
  })

  it('estimates an infinite error at a jump and for NaN, and one that spans both sides at a kink', () => {
    expect(derivative((x) => (x > 0 ? 1 : 0), 0).error).toBe(Infinity)
    expect(derivative(() => Number.NaN, 0).error).toBe(Infinity)
    expect(derivative(Math.abs, 0)).toEqual({ value: 0, error: 1 })
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

  it('starts with the given step, and throws for an invalid one', () => {
    const seen: number[] = []
    derivative((x) => seen.push(x), 0, { h: 0.25 })
    expect(seen.slice(0, 2)).toEqual([0.25, -0.25])
    expect(() => derivative(Math.sin, 0, { h: 0 })).toThrow(RangeError)
  })
})
