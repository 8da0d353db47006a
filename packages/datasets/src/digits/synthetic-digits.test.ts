import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { rawSyntheticDigits, syntheticDigits } from '../index.ts'

describe('syntheticDigits', () => {
  it('returns x (count, 784) from 0 to 1 in float32, and a label for each image', () => {
    const { x, t } = syntheticDigits({ count: 30, seed: 1 })
    expect(x.shape).toEqual([30, 784])
    expect(x.dtype).toBe('float32')
    expect(Math.max(...x.data)).toBe(1)
    expect(Math.min(...x.data)).toBe(0)
    expect(t).toHaveLength(30)
  })

  it('returns the same images for the same seed, those of a larger set first, and others for another seed', () => {
    const few = rawSyntheticDigits({ count: 20, seed: 4 })
    const more = rawSyntheticDigits({ count: 40, seed: 4 })
    expect(more.pixels.subarray(0, few.pixels.length)).toEqual(few.pixels)
    expect(more.t.subarray(0, 20)).toEqual(few.t)
    expect(rawSyntheticDigits({ count: 20, seed: 5 }).pixels).not.toEqual(few.pixels)
  })

  it('takes the options of the loaders: flatten, normalize, oneHotLabel', () => {
    const { x, t } = syntheticDigits({
      count: 2,
      flatten: false,
      normalize: false,
      oneHotLabel: true,
    })
    expect(x.shape).toEqual([2, 1, 28, 28])
    expect(Math.max(...x.data)).toBe(255)
    expect(t.shape).toEqual([2, 10])
  })

  it('throws unless count is an integer of at least 1', () => {
    expect(() => syntheticDigits({ count: 0 })).toThrow('count must be an integer of at least 1, not 0')
    expect(() => syntheticDigits({ count: 1.5 })).toThrow(RangeError)
  })
})

describe('a synthetic digit', () => {
  const { pixels, t, count } = rawSyntheticDigits({ count: 500, seed: 7 })
  const images = Array.from({ length: count }, (_, n) => pixels.subarray(n * 784, (n + 1) * 784))

  it('is pinned to the bit, so that only a deliberate change alters it', () => {
    expect(createHash('sha256').update(pixels).update(t).digest('hex')).toMatchInlineSnapshot(
      `"e66d69a326e2bde9afd7b0b71bdc95b6aa2b70a1f589aef3dd8d33c3b11ac9b3"`,
    )
  })

  it('fills a box of 20 pixels and has its centre of mass at pixel (14, 14), as in MNIST', () => {
    for (const image of images) {
      const inked = Array.from(image, (value, i) => ({ value, x: i % 28, y: Math.floor(i / 28) })).filter(
        ({ value }) => value > 0,
      )
      const mass = inked.reduce((sum, { value }) => sum + value, 0)
      const middle = (axis: 'x' | 'y') =>
        inked.reduce((sum, pixel) => sum + pixel.value * pixel[axis], 0) / mass
      const length = (axis: 'x' | 'y') => {
        const places = inked.map((pixel) => pixel[axis])
        return Math.max(...places) - Math.min(...places) + 1
      }
      expect(Math.abs(middle('x') - 14)).toBeLessThan(0.51)
      expect(Math.abs(middle('y') - 14)).toBeLessThan(0.51)
      expect(Math.max(length('x'), length('y'))).toBeLessThanOrEqual(20)
      expect(Math.max(length('x'), length('y'))).toBeGreaterThanOrEqual(18)
    }
  })

  it('shows each digit about equally often, and never the same image twice', () => {
    for (let digit = 0; digit < 10; digit++) {
      const times = t.filter((label) => label === digit).length
      expect(Math.abs(times - 50)).toBeLessThan(30)
    }
    expect(new Set(images.map((image) => image.join())).size).toBe(count)
  })
})
