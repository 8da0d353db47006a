import type { Tensor } from '@gosa/linalg'
import type { Samples } from '../samples.ts'
import type { RawImageDataset, Verified } from './assemble.ts'
import { type SamplesOptions, toSamples } from './dataset.ts'
import type { RawImages } from './raw-images.ts'

/** A set of images in two halves, and its number of classes. */
export interface ImageDataset<T extends Uint8Array | Tensor = Uint8Array> {
  readonly train: Samples<T>
  readonly test: Samples<T>
  readonly classes: number
  /** Of each image, in pixels. */
  readonly height: number
  readonly width: number
  /** Whether the content is known to be the right one by its hash, or only structure and sizes fit. */
  readonly verified: Verified
}

/** How the two halves become tensors. */
export interface ImageDatasetOptions extends SamplesOptions {
  /** Only so many images to train with, the first ones; all by default. The files are read and verified as a whole. */
  trainSize?: number
  /** The same of those to test with. */
  testSize?: number
}

/** A function that loads images as tensors: labels are class indices, or one-hot with `oneHotLabel: true`. */
export interface ImageDatasetLoader<Options> {
  (options: Options & ImageDatasetOptions & { oneHotLabel: true }): Promise<ImageDataset<Tensor>>
  (options: Options & ImageDatasetOptions & { oneHotLabel?: false }): Promise<ImageDataset>
}

/** A loader of tensors from one of stored pixels. */
export function loader<Options>(
  load: (options: Options) => Promise<RawImageDataset>,
): ImageDatasetLoader<Options> {
  const loadTensors = async (
    options: Options & ImageDatasetOptions,
  ): Promise<ImageDataset<Uint8Array | Tensor>> => {
    const { train, test, classes, verified } = await load(options)
    const half = (set: RawImages, most?: number) => toSamples(firstOf(set, most), { ...options, classes })
    const { height, width } = train
    return {
      ...{ train: half(train, options.trainSize), test: half(test, options.testSize) },
      ...{ classes, height, width, verified },
    }
  }
  return loadTensors as ImageDatasetLoader<Options>
}

const firstOf = (set: RawImages, most = Infinity): RawImages =>
  set.count <= most ? set : { ...set, count: most, t: set.t.subarray(0, most) }
