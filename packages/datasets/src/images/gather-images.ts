import { type DType, Tensor } from '@gosa/linalg'
import type { RawImages } from './raw-images.ts'

/** How pixels become numbers. */
export interface ImageOptions {
  /** Divide by 255, so that pixels lie from 0 to 1; true by default. */
  normalize?: boolean
  /** (N, height·width) if true, the default; else (N, 1, height, width). */
  flatten?: boolean
  /** `float32` by default, whether normalized or not. */
  dtype?: DType
}

/** What each of the 256 bytes becomes: looked up, since dividing takes longer. */
const PLAIN = Float64Array.from({ length: 256 }, (_, byte) => byte)
const NORMALIZED = PLAIN.map((byte) => byte / 255)

export const valuesOfBytes = (normalize: boolean): Float64Array => (normalize ? NORMALIZED : PLAIN)

/**
 * The images with the given indices as a tensor, normalized while they are gathered: a mini-batch. Written into `out`
 * where one is given.
 *
 * Throws a `RangeError` for an index outside, or an `out` of another size.
 */
export function gatherImages(
  { pixels, count, height, width }: RawImages,
  indices: ArrayLike<number>,
  { normalize = true, flatten = true, dtype = 'float32', out }: ImageOptions & { out?: Tensor } = {},
): Tensor {
  const size = height * width
  const N = indices.length
  const images = out ?? newImages(N, height, width, flatten, dtype)
  if (images.size !== N * size) {
    throw new RangeError(`gatherImages: out has ${images.size} elements, but ${N} images have ${N * size}`)
  }
  const { data } = images
  const values = valuesOfBytes(normalize)
  for (let n = 0; n < N; n++) {
    const index = indices[n]
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(
        `gatherImages: index ${index} at position ${n} lies outside of the ${count} images`,
      )
    }
    const [from, to] = [index * size, n * size]
    for (let i = 0; i < size; i++) data[to + i] = values[pixels[from + i]]
  }
  return images
}

function newImages(N: number, height: number, width: number, flatten: boolean, dtype: DType): Tensor {
  const size = N * height * width
  const data = dtype === 'float64' ? new Float64Array(size) : new Float32Array(size)
  return new Tensor(data, flatten ? [N, height * width] : [N, 1, height, width])
}
