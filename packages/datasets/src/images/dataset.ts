import type { Tensor } from '@gosa/linalg'
import { oneHot } from '../one-hot.ts'
import { gatherImages, type ImageOptions } from './gather-images.ts'
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
}

/** All images of a set as tensors. Throws a `RangeError` for a label that is none of the classes. */
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
  { oneHotLabel = false, classes = 10, ...options }: DatasetOptions & { classes?: number } = {},
): Dataset<Uint8Array | Tensor> {
  const every = Int32Array.from({ length: set.count }, (_, i) => i)
  return {
    images: gatherImages(set, every, options),
    labels: oneHotLabel ? oneHot(set.labels, classes, options) : set.labels,
  }
}
