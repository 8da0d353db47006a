/** The MNIST family from files: a folder of yours, or a cache into which missing files are downloaded. */
import { join } from 'node:path'
import type { DownloadOptions } from '../download.ts'
import { DataError } from '../errors.ts'
import { checkHash, createLoader, type RawImageDataset, readImageDataset } from '../images/image-dataset.ts'
import {
  EMNIST_BALANCED,
  EMNIST_BYCLASS,
  EMNIST_BYMERGE,
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  EMNIST_MNIST,
  FASHION_MNIST,
  type ImageSource,
  KMNIST,
  MNIST,
  MNIST_NAMES,
  QMNIST,
} from '../images/sources.ts'
import { fillCache, removeFromCache } from './cache.ts'
import { readIdxFile, sha256 } from './read-idx-file.ts'

/** Where the files of a data set are: give `dir` or `cacheDir`. */
export interface LoadRawImagesOptions extends DownloadOptions {
  /** The folder with the four IDX files, raw or `.gz`. Nothing is downloaded into it. */
  dir?: string
  /** The folder of caches, such as `defaultCacheDir` returns; each data set has a folder in it. */
  cacheDir?: string
}

/**
 * Loads a data set of the MNIST family as it is stored, one byte per pixel; `gatherImages` normalizes a batch when it is
 * gathered. From `dir`, or from `cacheDir`, into which missing or damaged files are downloaded.
 *
 * Rejects with a `DataError` if a file is missing, damaged, not the right one, or cannot be downloaded; with a `TypeError`
 * unless exactly one folder is given.
 */
export async function loadRawImages(
  source: ImageSource,
  { dir, cacheDir, ...downloadOptions }: LoadRawImagesOptions,
): Promise<RawImageDataset> {
  if (dir !== undefined && cacheDir === undefined) return readFolder(source, dir)
  if (dir !== undefined || cacheDir === undefined) {
    throw new TypeError(
      `load ${source.name}: give either dir, a folder with its files, or cacheDir, into which they are downloaded`,
    )
  }
  const cache = join(cacheDir, source.folder)
  await fillCache(source, cache, downloadOptions)
  try {
    return await readFolder(source, cache)
  } catch (error) {
    // A file in the cache may have been damaged since it was verified: download it again.
    const path = error instanceof DataError ? error.file : undefined
    if (path === undefined || !(await removeFromCache(source, cache, path))) throw error
    await fillCache(source, cache, downloadOptions)
    return readFolder(source, cache)
  }
}

const readFolder = (source: ImageSource, dir: string): Promise<RawImageDataset> =>
  readImageDataset(async (role) => {
    const known = source.files[role]
    return checkHash(await readIdxFile(dir, known.name, known.bytes), sha256, known, source.name)
  }, source)

const loaderOf = (source: ImageSource) =>
  createLoader((options: LoadRawImagesOptions) => loadRawImages(source, options))

/**
 * Loads MNIST: train (60000) and test (10000), x (N, 784), or (N, 1, 28, 28) with `flatten: false`. The content of every
 * file is verified by its SHA-256, uncompressed, so any honest copy is accepted, however it was compressed.
 *
 * As the loaders below, it takes `dir`, a folder with the files, or `cacheDir`, into which missing files are downloaded,
 * and rejects with a `DataError` if a file is missing, damaged, not the right one, or cannot be downloaded.
 */
export const loadMnist = loaderOf(MNIST)

/** Loads Fashion-MNIST, in the shapes of MNIST. Structure and sizes are verified, not the content. */
export const loadFashionMnist = loaderOf(FASHION_MNIST)

/** Loads Kuzushiji-MNIST, in the shapes of MNIST. Structure and sizes are verified, not the content. */
export const loadKmnist = loaderOf(KMNIST)

/**
 * Loads QMNIST, MNIST with a test part of 60,000: train (60000) and test (60000). Structure and sizes are verified, not the
 * content.
 */
export const loadQmnist = loaderOf(QMNIST)

/** The parts of EMNIST, by the names in its files. */
const EMNIST = {
  balanced: EMNIST_BALANCED,
  byclass: EMNIST_BYCLASS,
  bymerge: EMNIST_BYMERGE,
  digits: EMNIST_DIGITS,
  letters: EMNIST_LETTERS,
  mnist: EMNIST_MNIST,
} as const

/**
 * Loads a part of EMNIST, upright, from a folder with the files `emnist-digits-train-images-idx3-ubyte.gz` and so on:
 * `digits` (10 classes, 240000 and 40000 images), `letters` (26, 124800 and 20800), `balanced` (47, 112800 and 18800),
 * `byclass` (62) and `bymerge` (47, both 697932 and 116323), or `mnist` (10, 60000 and 10000). Only one archive is offered,
 * so nothing is downloaded.
 */
export const loadEmnist = createLoader(({ set, dir }: { set: keyof typeof EMNIST; dir: string }) =>
  loadRawImages(EMNIST[set], { dir }),
)

/**
 * Loads images of your own from a folder with four IDX files named as MNIST's: uint8 images of one size, uint8 labels.
 * There are as many classes as the largest label says. Only structure and sizes can be verified.
 *
 * Rejects with a `DataError` if a file is missing or damaged, or two do not fit each other.
 */
export const loadIdxFolder = createLoader(({ dir }: { dir: string }) =>
  readImageDataset(async (role) => ({ ...(await readIdxFile(dir, MNIST_NAMES[role])), hashMatches: false })),
)
