import type { Tensor } from '@gosa/linalg'
import type { SplitPixels, Verified } from './assemble.ts'
import { type Dataset, type DatasetOptions, toDataset } from './dataset.ts'
import type { PixelSet } from './pixel-set.ts'

/** A set of images in two halves, and its number of classes. */
export interface SplitDataset<Labels extends Uint8Array | Tensor = Uint8Array> {
  readonly train: Dataset<Labels>
  readonly test: Dataset<Labels>
  readonly classes: number
  /** Of each image, in pixels. */
  readonly height: number
  readonly width: number
  /** Whether the content is known to be the right one by its hash, or only structure and sizes fit. */
  readonly verified: Verified
}

/** How the two halves become tensors. */
export interface SplitOptions extends DatasetOptions {
  /** Only so many images to train with, the first ones; all by default. The files are read and verified as a whole. */
  trainSize?: number
  /** The same of those to test with. */
  testSize?: number
}

/** A function that loads images as tensors: labels are class indices, or one-hot with `oneHotLabel: true`. */
export interface Loader<Options> {
  (options: Options & SplitOptions & { oneHotLabel: true }): Promise<SplitDataset<Tensor>>
  (options: Options & SplitOptions & { oneHotLabel?: false }): Promise<SplitDataset>
}

/** A loader of tensors from one of stored pixels. */
export function loader<Options>(load: (options: Options) => Promise<SplitPixels>): Loader<Options> {
  const loadTensors = async (options: Options & SplitOptions): Promise<SplitDataset<Uint8Array | Tensor>> => {
    const { train, test, classes, verified } = await load(options)
    const half = (set: PixelSet, most?: number) => toDataset(firstOf(set, most), { ...options, classes })
    const { height, width } = train
    return {
      ...{ train: half(train, options.trainSize), test: half(test, options.testSize) },
      ...{ classes, height, width, verified },
    }
  }
  return loadTensors as Loader<Options>
}

const firstOf = (set: PixelSet, most = Infinity): PixelSet =>
  set.count <= most ? set : { ...set, count: most, labels: set.labels.subarray(0, most) }
