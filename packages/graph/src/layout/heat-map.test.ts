import { createRng, randomNormal, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { heatMap } from './heat-map.ts'

describe('heatMap', () => {
  it('has a cell for each entry of a small matrix, in shades relative to the largest', () => {
    const map = heatMap(
      tensor([
        [1, -0.5, 0],
        [0.2, 0.1, -1],
      ]),
    )
    expect(map).toMatchObject({
      rows: 2,
      columns: 3,
      levels: [5, -2, 0, 1, 1, -5],
    })
  })

  it('has at most 28 × 28 cells, and keeps entries that stand out', () => {
    const large = zeros([784, 50])
    large.data[300 * 50 + 27] = -3
    const { rows, columns, levels } = heatMap(large)
    expect([rows, columns]).toEqual([28, 28])
    expect(levels.filter((level) => level !== 0)).toEqual([-5])
    expect(levels.indexOf(-5)).toBe(Math.floor((300 * 28) / 784) * 28 + Math.floor((27 * 28) / 50))
  })

  it('is at least 5 and at most 42 pixels wide and high', () => {
    for (const shape of [[1], [1, 784], [784, 1], [50], [3, 4, 5], [100, 100], [2, 2]]) {
      const { width, height } = heatMap(randomNormal(shape, { rng: createRng(1) }))
      expect(Math.min(width, height)).toBeGreaterThanOrEqual(5)
      expect(Math.max(width, height)).toBeLessThanOrEqual(42)
    }
  })

  it('marks entries that are not finite, and has no cells for an empty tensor', () => {
    expect(heatMap(tensor([Number.POSITIVE_INFINITY, 1])).levels).toEqual([Number.NaN, 5])
    expect(heatMap(zeros([0, 3])).levels).toEqual([])
    expect(heatMap(zeros([2])).levels).toEqual([0, 0])
  })

  it('shows images side by side in a square, with a line between them', () => {
    const images = randomNormal([2, 2, 5, 4], { rng: createRng(1) })
    const map = heatMap(images)
    expect([map.rows, map.columns]).toEqual([5 + 1 + 5, 4 + 1 + 4])
    const bottomRight = heatMap(images.row(1).row(1))
    const largest = Math.max(...images.data.map(Math.abs))
    const at = (y: number, x: number) => map.levels[y * map.columns + x]
    expect(at(6 + 2, 5 + 3)).toBeCloseTo(Math.round((5 * images.at(1, 1, 2, 3)) / largest))
    expect(bottomRight.columns).toBe(4)
    expect(Array.from({ length: 9 }, (_, x) => at(5, x))).toEqual(new Array(9).fill(0))
    expect(heatMap(zeros([30, 1, 5, 5]))).toMatchObject({ rows: 23, columns: 23 })
    expect(heatMap(zeros([1, 30, 24, 24]))).toMatchObject({ rows: 49, columns: 49 })
    // A column of single pixels is no image.
    expect(heatMap(zeros([2, 3, 1, 1]))).toMatchObject({ rows: 6, columns: 1 })
  })

  it('arranges the entries in rows and columns if their number fits', () => {
    const x = tensor([[1, 0, 0, -1]])
    expect(heatMap(x, [2, 2])).toMatchObject({ rows: 2, columns: 2 })
    expect(heatMap(x, [3, 2])).toMatchObject({ rows: 1, columns: 4 })
  })
})
