import type { Tensor } from '@gosa/linalg'
import { compressCodes } from '@gosa/linalg/kernels'
import { oneHot } from '../preprocess.ts'
import type { Samples } from '../samples.ts'
import { gatherImages, type ImageOptions, valuesOfBytes } from './gather-images.ts'
import type { RawImages } from './raw-images.ts'

/** How raw images become samples. */
export interface SamplesOptions extends ImageOptions {
  /** Labels as a tensor (N, classes) with a 1 at the class; false by default: class indices. */
  oneHotLabel?: boolean
  /** Images as a compressed matrix (see `compress` of `@gosa/linalg`), made of their bytes; false by default. */
  compressed?: boolean
}

/**
 * All images of a set as tensors. Throws a `RangeError` for a label that is none of the classes, and for compressed images
 * that are not to be flattened.
 */
export function toSamples(
  set: RawImages,
  options: SamplesOptions & { oneHotLabel: true; classes?: number },
): Samples<Tensor>
export function toSamples(
  set: RawImages,
  options?: SamplesOptions & { oneHotLabel?: false },
): Samples<Uint8Array>
export function toSamples(
  set: RawImages,
  options?: SamplesOptions & { classes?: number },
): Samples<Uint8Array | Tensor>
export function toSamples(
  set: RawImages,
  {
    oneHotLabel = false,
    compressed = false,
    classes = 10,
    ...options
  }: SamplesOptions & { classes?: number } = {},
): Samples<Uint8Array | Tensor> {
  return {
    x: compressed ? compressedImages(set, options) : allImages(set, options),
    t: oneHotLabel ? oneHot(set.t, classes, options) : set.t,
  }
}

const allImages = (set: RawImages, options: ImageOptions): Tensor =>
  gatherImages(
    set,
    Int32Array.from({ length: set.count }, (_, i) => i),
    options,
  )

function compressedImages(
  { pixels, count, height, width }: RawImages,
  { normalize = true, flatten = true, dtype = 'float32' }: ImageOptions,
): Tensor {
  if (!flatten) throw new RangeError('toSamples: compressed images are rows, so flatten must stay true')
  const shape = [count, height * width]
  const palette = valuesOfBytes(normalize)
  return compressCodes(pixels.subarray(0, count * height * width), {
    shape,
    codebook: dtype === 'float64' ? palette : Float32Array.from(palette),
  })
}
