import { describe, expect, it } from 'vitest'
import { axisTicks, linearScale, niceRange, rangeOf } from './axis.ts'

const labels = (low: number, high: number) => {
  const { values, format } = axisTicks({ low, high })
  return values.map(format)
}

describe('axisTicks', () => {
  it('gives round numbers within the range', () => {
    expect(labels(0, 25)).toEqual(['0', '5', '10', '15', '20', '25'])
    expect(labels(0, 2.3)).toEqual(['0', '0.5', '1.0', '1.5', '2.0'])
    expect(labels(96.2, 100)).toEqual(['97', '98', '99', '100'])
    expect(labels(0, 0.0123)).toEqual(['0', '0.002', '0.004', '0.006', '0.008', '0.010', '0.012'])
    expect(labels(0, 1)).toEqual(['0', '0.2', '0.4', '0.6', '0.8', '1.0'])
  })

  it('writes very large and very small numbers in scientific notation', () => {
    expect(labels(0, 4e30)).toEqual(['0', '1e+30', '2e+30', '3e+30', '4e+30'])
    expect(labels(0, 2e-7)).toEqual(['0', '5e-8', '1e-7', '1.5e-7', '2e-7'])
  })

  it('gives few, distinct labels for ranges of any magnitude', () => {
    for (let power = -30; power <= 30; power++) {
      for (const high of [1, 1.7, 3.3, 9.99].map((factor) => factor * 10 ** power)) {
        const { values, format } = axisTicks({ low: 0, high })
        expect(values.length).toBeGreaterThan(2)
        expect(values.length).toBeLessThan(9)
        expect(new Set(values.map(format)).size).toBe(values.length)
        expect(values.at(-1)).toBeLessThanOrEqual(high * (1 + 1e-6))
      }
    }
  })
})

describe('rangeOf', () => {
  it('spans all values, and further bounds if given', () => {
    expect(rangeOf([3, 5])).toEqual({ low: 3, high: 5 })
    expect(rangeOf([3, 5], { low: 0, high: 10 })).toEqual({ low: 0, high: 10 })
  })

  it('has some length if all values are equal', () => {
    for (const value of [0, 5, -5]) {
      const { low, high } = rangeOf([value, value])
      expect(high).toBeGreaterThan(low)
    }
  })
})

describe('niceRange', () => {
  it('ends at round numbers', () => {
    expect(niceRange({ low: 0, high: 2.3 })).toEqual({ low: 0, high: 2.5 })
    expect(niceRange({ low: 46.7, high: 100 })).toEqual({ low: 40, high: 100 })
  })
})

describe('linearScale', () => {
  it('maps the low end to the start', () => {
    expect([10, 15, 20].map(linearScale({ low: 10, high: 20 }, 100, 0))).toEqual([100, 50, 0])
  })
})
