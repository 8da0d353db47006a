import { describe, expect, it } from 'vitest'
import { histogram, histogramChart } from './histogram.ts'

describe('histogram', () => {
  it('counts each value once, the largest in the last bin', () => {
    expect(histogram([0, 1, 2, 3, 4, 4], 4)).toEqual({
      ...{ min: 0, max: 4, count: 6, sum: 14, sumOfSquares: 46 },
      bins: [1, 1, 1, 3],
    })
  })

  it('has one bin if all values are equal, as initial biases are', () => {
    expect(histogram(new Float32Array(5))).toMatchObject({ min: 0, max: 0, count: 5, bins: [5] })
  })

  it('leaves out values that are not finite, and throws if none is', () => {
    expect(histogram([Number.NaN, 1, Infinity, 2], 2)).toMatchObject({ count: 2, bins: [1, 1] })
    expect(() => histogram([Number.NaN])).toThrow('histogram: none of 1 values is finite')
  })

  it('bins values of any magnitude', () => {
    for (const scale of [1e-300, 1e-8, 1e30]) {
      const values = [-1, 0, 1].map((value) => value * scale)
      expect(histogram(values, 3).bins).toEqual([1, 1, 1])
    }
  })
})

describe('histogramChart', () => {
  it('has a bar for each bin that is not empty, and says mean, deviation and range', () => {
    const text = String(histogramChart('W1', histogram([-1, -1, 1, 3], 34), { note: '2 × 2' }))
    expect(text.match(/M[\d.]+ 66v-/g)).toHaveLength(3)
    expect(text).toContain('<b>W1</b> 2 × 2')
    expect(text).toContain('mean 0.5, deviation 1.66')
    expect(text).toContain('aria-label="Histogram of W1: from −1 to 3"')
    expect(text).toContain('class="zero"')
  })

  it('has one bar if all values are equal', () => {
    const text = String(histogramChart('b1', histogram(new Float64Array(5))))
    expect(text.match(/M[\d.]+ 66v-/g)).toHaveLength(1)
    expect(text).toContain('mean 0, deviation 0')
    expect(text).not.toContain('NaN')
  })
})
