import { compress, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { gatherImages, type RawImages, toSamples } from '../index.ts'

const SET: RawImages = {
  pixels: Uint8Array.of(0, 51, 102, 255, 255, 0),
  t: Uint8Array.of(1, 0, 2),
  count: 3,
  height: 1,
  width: 2,
}

describe('gatherImages', () => {
  it('gathers a batch in the order given, divided by 255', () => {
    const batch = gatherImages(SET, Int32Array.of(2, 0, 2), { dtype: 'float64' })
    expect(batch.toArray()).toEqual([
      [1, 0],
      [0, 0.2],
      [1, 0],
    ])
  })

  it('keeps the dtype asked for whether it normalizes or not', () => {
    expect(gatherImages(SET, [0], { normalize: false }).toArray()).toEqual([[0, 51]])
    expect(gatherImages(SET, [0], { normalize: false }).dtype).toBe('float32')
    expect(gatherImages(SET, [0], { normalize: false, dtype: 'float64' }).dtype).toBe('float64')
  })

  it('gives (N, 1, height, width) unless flattened', () => {
    expect(gatherImages(SET, [0, 1], { flatten: false }).shape).toEqual([2, 1, 1, 2])
  })

  it('writes into out, and refuses one of another size or an index outside', () => {
    const out = zeros([1, 2], { dtype: 'float32' })
    expect(gatherImages(SET, [1], { out })).toBe(out)
    expect(out.at(0, 1)).toBe(1)
    expect(() => gatherImages(SET, [0, 1], { out })).toThrow('out has 2 elements, but 2 images have 4')
    expect(() => gatherImages(SET, [0, 3])).toThrow('index 3 at position 1 lies outside of the 3 images')
    expect(() => gatherImages(SET, [-1])).toThrow(RangeError)
  })
})

describe('toSamples', () => {
  it('makes compressed images of the same elements, and rows of them alone', () => {
    const pixels = new Uint8Array(6 * 50)
    for (let i = 0; i < pixels.length; i += 7) pixels[i] = i
    const set = { pixels, t: new Uint8Array(6), count: 6, height: 5, width: 10 }
    for (const options of [{}, { normalize: false }, { dtype: 'float64' }] as const) {
      const dense = toSamples(set, options).x
      const { x } = toSamples(set, { ...options, compressed: true })
      expect(compress(x)).toBe(x)
      expect(compress(dense)).not.toBe(dense)
      expect([x.shape, x.dtype]).toEqual([dense.shape, dense.dtype])
      expect(x.data).toEqual(dense.data)
    }
    expect(() => toSamples(set, { compressed: true, flatten: false })).toThrow(
      'toSamples: compressed images are rows, so flatten must stay true',
    )
  })

  it('gives images as rows and labels as class indices, or one-hot in the dtype of the images', () => {
    expect(toSamples(SET).x.shape).toEqual([3, 2])
    expect(toSamples(SET).t).toEqual(Uint8Array.of(1, 0, 2))
    const { t } = toSamples(SET, { oneHotLabel: true, classes: 3, dtype: 'float64' })
    expect(t.dtype).toBe('float64')
    expect(t.toArray()).toEqual([
      [0, 1, 0],
      [1, 0, 0],
      [0, 0, 1],
    ])
  })

  it('refuses a label without a class', () => {
    expect(() => toSamples(SET, { oneHotLabel: true, classes: 2 })).toThrow(RangeError)
  })
})
