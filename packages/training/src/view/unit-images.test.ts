import { full, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { unitImages } from './unit-images.ts'

describe('unitImages', () => {
  it('returns the columns of the weights, and four standard deviations as the limit of the scale', () => {
    const { images, units, limit } = unitImages(
      tensor([
        [3, -4],
        [0, 0],
      ]),
    )
    expect(images.map((image) => [...image])).toEqual([
      [3, 0],
      [-4, 0],
    ])
    expect(units).toBe(2)
    expect(limit).toBe(4 * Math.sqrt(25 / 4))
  })

  it('returns at most 100 images', () => {
    const { images, units } = unitImages(full([3, 150], 1))
    expect([images.length, units]).toEqual([100, 150])
  })

  it('has a scale for weights that are all zero or all NaN, and leaves NaN out otherwise', () => {
    expect(unitImages(zeros([2, 2])).limit).toBe(1)
    expect(unitImages(full([2, 2], Number.NaN)).limit).toBe(1)
    expect(unitImages(tensor([[Number.NaN, 2]])).limit).toBe(8)
  })
})
