import { describe, expect, it } from 'vitest'
import { rangeOf, rounded, scale } from './scale.ts'
import { ticks } from './ticks.ts'

const shown = (low: number, high: number) => {
  const { values, show } = ticks(low, high)
  return values.map(show)
}

describe('the ticks of an axis', () => {
  it('are round numbers that lie on it', () => {
    expect(shown(0, 25)).toEqual(['0', '5', '10', '15', '20', '25'])
    expect(shown(0, 2.3)).toEqual(['0', '0.5', '1.0', '1.5', '2.0'])
    expect(shown(96.2, 100)).toEqual(['97', '98', '99', '100'])
    expect(shown(0, 0.0123)).toEqual(['0', '0.005', '0.010'])
  })

  it('are written in powers of ten where they would be long', () => {
    expect(shown(0, 4e30)).toEqual(['0', '1e+30', '2e+30', '3e+30', '4e+30'])
    expect(shown(0, 2e-7)).toEqual(['0', '5e-8', '1e-7', '1.5e-7', '2e-7'])
  })

  it('are few, all different, and inside, for any range', () => {
    for (let power = -30; power <= 30; power++) {
      for (const high of [1, 1.7, 3.3, 9.99].map((factor) => factor * 10 ** power)) {
        const { values, show } = ticks(0, high)
        expect(values.length).toBeGreaterThan(1)
        expect(values.length).toBeLessThan(8)
        expect(new Set(values.map(show)).size).toBe(values.length)
        expect(values.at(-1)).toBeLessThanOrEqual(high * (1 + 1e-6))
      }
    }
  })
})

describe('an axis', () => {
  it('spans all values, and more where it has to', () => {
    expect(rangeOf([3, 5])).toEqual({ low: 3, high: 5 })
    expect(rangeOf([3, 5], { from: 0, to: 10 })).toEqual({ low: 0, high: 10 })
  })

  it('has some length where all values are equal', () => {
    for (const value of [0, 5, -5]) {
      const { low, high } = rangeOf([value, value])
      expect(high).toBeGreaterThan(low)
    }
  })

  it('can end at round numbers', () => {
    expect(rounded({ low: 0, high: 2.3 })).toEqual({ low: 0, high: 2.5 })
    expect(rounded({ low: 46.7, high: 100 })).toEqual({ low: 40, high: 100 })
  })

  it('has its low end where it starts', () => {
    const { place } = scale({ low: 10, high: 20 }, 100, 0)
    expect([10, 15, 20].map(place)).toEqual([100, 50, 0])
  })
})
