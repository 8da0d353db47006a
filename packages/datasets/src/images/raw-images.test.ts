import { compress, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { gatherImages, type RawImages, toSamples } from '../index.ts'

const RAW: RawImages = {
  pixels: Uint8Array.of(0, 51, 102, 255, 255, 0),
  t: Uint8Array.of(1, 0, 2),
  count: 3,
  height: 1,
  width: 2,
}

describe('gatherImages', () => {
  it('returns the images in the given order, divided by 255', () => {
    const batch = gatherImages(RAW, Int32Array.of(2, 0, 2), { dtype: 'float64' })
    expect(batch.toArray()).toEqual([
      [1, 0],
      [0, 0.2],
      [1, 0],
    ])
  })

  it('returns the requested dtype, normalized or not', () => {
    expect(gatherImages(RAW, [0], { normalize: false }).toArray()).toEqual([[0, 51]])
    expect(gatherImages(RAW, [0], { normalize: false }).dtype).toBe('float32')
    expect(gatherImages(RAW, [0], { normalize: false, dtype: 'float64' }).dtype).toBe('float64')
  })

  it('returns (N, 1, height, width) with flatten: false', () => {
    expect(gatherImages(RAW, [0, 1], { flatten: false }).shape).toEqual([2, 1, 1, 2])
  })

  it('writes into out, and throws for one of another size or an index out of range', () => {
    const out = zeros([1, 2], { dtype: 'float32' })
    expect(gatherImages(RAW, [1], { out })).toBe(out)
    expect(out.at(0, 1)).toBe(1)
    expect(() => gatherImages(RAW, [0, 1], { out })).toThrow('out has 2 elements, but 2 images have 4')
    expect(() => gatherImages(RAW, [0, 3])).toThrow('index 3 at position 1 is outside of the 3 images')
    expect(() => gatherImages(RAW, [-1])).toThrow(RangeError)
  })
})

describe('toSamples', () => {
  it('returns compressed images with the same elements, and throws if they are not flattened', () => {
    const pixels = new Uint8Array(6 * 50)
    for (let i = 0; i < pixels.length; i += 7) pixels[i] = i
    const raw = { pixels, t: new Uint8Array(6), count: 6, height: 5, width: 10 }
    for (const options of [{}, { normalize: false }, { dtype: 'float64' }] as const) {
      const dense = toSamples(raw, options).x
      const { x } = toSamples(raw, { ...options, compressed: true })
      expect(compress(x)).toBe(x)
      expect(compress(dense)).not.toBe(dense)
      expect([x.shape, x.dtype]).toEqual([dense.shape, dense.dtype])
      expect(x.data).toEqual(dense.data)
    }
    expect(() => toSamples(raw, { compressed: true, flatten: false })).toThrow(
      'toSamples: compressed images are rows, so flatten must stay true',
    )
  })

  it('returns images as rows and labels as class indices, or one-hot in the dtype of the images', () => {
    expect(toSamples(RAW).x.shape).toEqual([3, 2])
    expect(toSamples(RAW).t).toEqual(Uint8Array.of(1, 0, 2))
    const { t } = toSamples(RAW, { oneHotLabel: true, classes: 3, dtype: 'float64' })
    expect(t.dtype).toBe('float64')
    expect(t.toArray()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ])
  })

  it('throws for a label outside of the classes', () => {
    expect(() => toSamples(RAW, { oneHotLabel: true, classes: 2 })).toThrow(RangeError)
  })
})
