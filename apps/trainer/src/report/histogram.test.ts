import { describe, expect, it } from 'vitest'
import { histogram } from './histogram.ts'

describe('a histogram', () => {
  it('counts each number once, the largest in the last bin', () => {
    expect(histogram([0, 1, 2, 3, 4, 4], 4)).toEqual({
      ...{ min: 0, max: 4, count: 6, sum: 14, sumOfSquares: 46 },
      bins: [1, 1, 1, 3],
    })
  })

  it('has one bin where all numbers are equal, as first biases are', () => {
    expect(histogram(new Float32Array(5))).toMatchObject({ min: 0, max: 0, count: 5, bins: [5] })
  })

  it('leaves out what is no number, and needs one that is', () => {
    expect(histogram([Number.NaN, 1, Infinity, 2], 2)).toMatchObject({ count: 2, bins: [1, 1] })
    expect(() => histogram([Number.NaN])).toThrow('no finite number among 1 values')
  })

  it('has bins at any scale', () => {
    for (const scale of [1e-300, 1e-8, 1e30]) {
      const { bins } = histogram(
        [-1, 0, 1].map((value) => value * scale),
        3,
      )
      expect(bins).toEqual([1, 1, 1])
    }
  })
})
