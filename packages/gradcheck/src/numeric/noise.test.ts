import { createRng } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { perturbNumber } from './finite-differences.ts'
import { isFlat, isPureNoise, noiseBound, noiseOf, valuesAt } from './noise.ts'

const noisyExp = (deviation: number, spacing: number): number[] => {
  const rng = createRng(5)
  return valuesAt((k) => Math.exp(k * spacing) + deviation * rng.normal())
}

describe('noiseOf', () => {
  it('finds the standard deviation of the noise of a curved function, within a factor of 5', () => {
    for (const deviation of [1e-12, 1e-9]) {
      const values = noisyExp(deviation, 1e-4)
      expect(noiseOf(values)).toBeGreaterThan(deviation / 5)
      expect(noiseOf(values)).toBeLessThan(deviation * 5)
    }
  })

  it('is 0 for a function without rounding errors', () => {
    expect(noiseOf(valuesAt((k) => (3 * k) / 2 ** 20))).toBe(0)
  })
})

describe('isPureNoise', () => {
  it('tells noise from the course of a function', () => {
    expect(isPureNoise(noisyExp(1e-9, 1e-7))).toBe(true)
    expect(isPureNoise(noisyExp(0, 0.1))).toBe(false)
  })
})

describe('isFlat', () => {
  it('holds if most neighbours are equal', () => {
    expect(isFlat(valuesAt((k) => Math.floor(k / 3)))).toBe(true)
    expect(isFlat(valuesAt((k) => k))).toBe(false)
  })
})

describe('noiseBound', () => {
  const bound = (f: (x: number) => number, x: number): number => noiseBound(perturbNumber(f, x), 2 ** -6, 44)

  it('is a few roundings for a smooth function, also where it varies over a small distance', () => {
    expect(bound(Math.exp, 0.3)).toBeLessThan(1e-14)
    expect(bound((x) => Math.sin(1e6 * x), 0.3)).toBeLessThan(1e-8)
    expect(bound(Math.sqrt, 1e-9)).toBeLessThan(1e-12)
  })

  it('sees rounding to float32', () => {
    const noise = bound((x) => Math.fround(Math.exp(Math.fround(x))), 0.3)
    expect(noise).toBeGreaterThan(2 ** -24)
    expect(noise).toBeLessThan(2 ** -18)
  })

  it('takes no steps for noise', () => {
    expect(bound((x) => Math.round(x * 128) / 128, 0.3)).toBe(0)
  })
})
