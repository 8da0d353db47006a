import type { Tensor } from '@gosa/linalg'
import { type Dataset, type DatasetOptions, toDataset } from '../images/dataset.ts'
import type { PixelSet } from '../images/pixel-set.ts'
import { MNIST } from '../images/sources.ts'
import { loadFolder, type SplitPixels } from './load-folder.ts'

/** Where the files are, and in what form the images come. */
export interface LoadOptions extends DatasetOptions {
  /** The folder with the four IDX files, raw or `.gz`. */
  dir: string
  /** Only so many images to train with, the first ones; all by default. The files are read and verified as a whole. */
  trainSize?: number
  /** The same of those to test with. */
  testSize?: number
}

/** A set of images in two halves, and its number of classes. */
export interface SplitDataset<Labels extends Uint8Array | Tensor = Uint8Array> {
  readonly train: Dataset<Labels>
  readonly test: Dataset<Labels>
  readonly classes: number
}

/**
 * MNIST from a folder: train (60000) and test (10000), images (N, 784), or (N, 1, 28, 28) with `flatten: false`. The
 * content of every file is verified by its SHA-256, uncompressed, so any honest copy serves, however it was compressed.
 *
 * Rejects with a `DataError` where a file is missing, broken or another.
 */
export function loadMnist(options: LoadOptions & { oneHotLabel: true }): Promise<SplitDataset<Tensor>>
export function loadMnist(options: LoadOptions & { oneHotLabel?: false }): Promise<SplitDataset>
export async function loadMnist(options: LoadOptions): Promise<SplitDataset<Uint8Array | Tensor>> {
  return split(await loadFolder(options.dir, MNIST), options)
}

/**
 * Images of any content from a folder with four IDX files of MNIST's names: uint8 images of one size, uint8 labels. There
 * are as many classes as the largest label says. Only structure and sizes can be verified.
 *
 * Rejects with a `DataError` where a file is missing or broken, or two do not fit each other.
 */
export function loadIdxFolder(options: LoadOptions & { oneHotLabel: true }): Promise<SplitDataset<Tensor>>
export function loadIdxFolder(options: LoadOptions & { oneHotLabel?: false }): Promise<SplitDataset>
export async function loadIdxFolder(options: LoadOptions): Promise<SplitDataset<Uint8Array | Tensor>> {
  return split(await loadFolder(options.dir), options)
}

function split(
  { train, test, classes }: SplitPixels,
  options: LoadOptions,
): SplitDataset<Uint8Array | Tensor> {
  return {
    train: toDataset(firstOf(train, options.trainSize), { ...options, classes }),
    test: toDataset(firstOf(test, options.testSize), { ...options, classes }),
    classes,
  }
}

const firstOf = (set: PixelSet, most = Infinity): PixelSet =>
  set.count <= most ? set : { ...set, count: most, labels: set.labels.subarray(0, most) }
