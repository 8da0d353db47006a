import { compressCodes, type Tensor } from '@gosa/linalg'
import { oneHot } from '../one-hot.ts'
import { gatherImages, type ImageOptions, valuesOfBytes } from './gather-images.ts'
import type { PixelSet } from './pixel-set.ts'

/** Samples and their classes: images (N, …), labels as class indices (N), or as probabilities (N, C). */
export interface Dataset<Labels extends Uint8Array | Tensor = Uint8Array> {
  readonly images: Tensor
  readonly labels: Labels
}

/** How stored images become a `Dataset`. */
export interface DatasetOptions extends ImageOptions {
  /** Labels as a tensor (N, classes) with a 1 at the class; false by default: class indices. */
  oneHotLabel?: boolean
  /** Images as a compressed matrix (see `compress` of `@gosa/linalg`), made of their bytes; false by default. */
  compressed?: boolean
}

/**
 * All images of a set as tensors. Throws a `RangeError` for a label that is none of the classes, and for compressed images
 * that are not to be flattened.
 */
export function toDataset(
  set: PixelSet,
  options: DatasetOptions & { oneHotLabel: true; classes?: number },
): Dataset<Tensor>
export function toDataset(set: PixelSet, options?: DatasetOptions & { oneHotLabel?: false }): Dataset
export function toDataset(
  set: PixelSet,
  options?: DatasetOptions & { classes?: number },
): Dataset<Uint8Array | Tensor>
export function toDataset(
  set: PixelSet,
  {
    oneHotLabel = false,
    compressed = false,
    classes = 10,
    ...options
  }: DatasetOptions & { classes?: number } = {},
): Dataset<Uint8Array | Tensor> {
  return {
    images: compressed ? compressedImages(set, options) : allImages(set, options),
    labels: oneHotLabel ? oneHot(set.labels, classes, options) : set.labels,
  }
}

const allImages = (set: PixelSet, options: ImageOptions): Tensor =>
  gatherImages(
    set,
    Int32Array.from({ length: set.count }, (_, i) => i),
    options,
  )

function compressedImages(
  { pixels, count, height, width }: PixelSet,
  { normalize = true, flatten = true, dtype = 'float32' }: ImageOptions,
): Tensor {
  if (!flatten) throw new RangeError('toDataset: compressed images are rows, so flatten must stay true')
  const shape = [count, height * width]
  const palette = valuesOfBytes(normalize)
  return compressCodes(pixels.subarray(0, count * height * width), {
    shape,
    palette: dtype === 'float64' ? palette : Float32Array.from(palette),
  })
}
