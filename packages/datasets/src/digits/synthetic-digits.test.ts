import { describe, expect, it } from 'vitest'
import { syntheticDigits, syntheticPixels } from '../index.ts'

describe('syntheticDigits', () => {
  it('gives images (count, 784) from 0 to 1 in float32, and a label for each', () => {
    const { images, labels } = syntheticDigits({ count: 30, seed: 1 })
    expect(images.shape).toEqual([30, 784])
    expect(images.dtype).toBe('float32')
    expect(Math.max(...images.data)).toBe(1)
    expect(Math.min(...images.data)).toBe(0)
    expect(labels).toHaveLength(30)
  })

  it('gives the same images for the same seed, the first ones of a larger set, and others for another seed', () => {
    const few = syntheticPixels({ count: 20, seed: 4 })
    const more = syntheticPixels({ count: 40, seed: 4 })
    expect(more.pixels.subarray(0, few.pixels.length)).toEqual(few.pixels)
    expect(more.labels.subarray(0, 20)).toEqual(few.labels)
    expect(syntheticPixels({ count: 20, seed: 5 }).pixels).not.toEqual(few.pixels)
  })

  it('comes with the options of the other loaders', () => {
    const { images, labels } = syntheticDigits({
      count: 2,
      flatten: false,
      normalize: false,
      oneHotLabel: true,
    })
    expect(images.shape).toEqual([2, 1, 28, 28])
    expect(Math.max(...images.data)).toBe(255)
    expect(labels.shape).toEqual([2, 10])
  })

  it('refuses a count below 1 or not whole', () => {
    expect(() => syntheticDigits({ count: 0 })).toThrow('count must be a whole number from 1 up, not 0')
    expect(() => syntheticDigits({ count: 1.5 })).toThrow(RangeError)
  })
})
