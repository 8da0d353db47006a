import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import {
  defaultCacheDir,
  EMNIST_BALANCED,
  EMNIST_BYCLASS,
  EMNIST_BYMERGE,
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  EMNIST_MNIST,
  FASHION_MNIST,
  type ImageDatasetLoader,
  type ImageSource,
  KMNIST,
  type LoadRawImagesOptions,
  loadEmnist,
  loadFashionMnist,
  loadKmnist,
  loadMnist,
  loadQmnist,
  MNIST,
  QMNIST,
} from '@gosa/datasets/node'
import type { DType } from '@gosa/linalg'
import type { Environment } from '../colors.ts'

/*
 * The data sets that `--data` knows by name, and where their files are.
 */

/** The folder of a set's files: one of the user's own, or a cache into which missing files are downloaded. */
export type DataLocation = { dir: string; cacheDir?: undefined } | { dir?: undefined; cacheDir: string }

/**
 * The location of a set: `dataDir`, then `GOSA_DATA_DIR`, each with the folder of the set's name in it if there is one;
 * else the user's cache folder.
 */
export function dataLocation(setFolder: string, dataDir: string | undefined, env: Environment): DataLocation {
  const dir = dataDir ?? env.GOSA_DATA_DIR
  if (!dir) return { cacheDir: defaultCacheDir({ env, platform: process.platform, home: homedir() }) }
  const subfolder = join(dir, setFolder)
  return { dir: existsSync(subfolder) ? subfolder : dir }
}

interface LoadSetOptions {
  dtype?: DType
  trainSize?: number
  testSize?: number
  signal?: AbortSignal
  onProgress?: LoadRawImagesOptions['onProgress']
}

const downloaded = (source: ImageSource, load: ImageDatasetLoader<LoadRawImagesOptions>) => ({
  source,
  load: (location: DataLocation, options: LoadSetOptions) =>
    load({ ...location, ...options, compressed: true }),
})

/** EMNIST is published as one large archive only, so it is read from a folder and not downloaded. */
const partOfEmnist = (source: ImageSource, set: Parameters<typeof loadEmnist>[0]['set']) => ({
  source,
  load: ({ dir, cacheDir = '' }: DataLocation, options: LoadSetOptions) =>
    loadEmnist({ set, dir: dir ?? cacheDir, ...options, compressed: true }),
})

/** The sets with files, by the names of `--data`. */
export const NAMED_SETS = {
  mnist: downloaded(MNIST, loadMnist),
  'fashion-mnist': downloaded(FASHION_MNIST, loadFashionMnist),
  kmnist: downloaded(KMNIST, loadKmnist),
  qmnist: downloaded(QMNIST, loadQmnist),
  'emnist-balanced': partOfEmnist(EMNIST_BALANCED, 'balanced'),
  'emnist-byclass': partOfEmnist(EMNIST_BYCLASS, 'byclass'),
  'emnist-bymerge': partOfEmnist(EMNIST_BYMERGE, 'bymerge'),
  'emnist-digits': partOfEmnist(EMNIST_DIGITS, 'digits'),
  'emnist-letters': partOfEmnist(EMNIST_LETTERS, 'letters'),
  'emnist-mnist': partOfEmnist(EMNIST_MNIST, 'mnist'),
} as const

export type NamedSet = keyof typeof NAMED_SETS

/** Whether this is the name of a set with files. */
export const isNamedSet = (data: string): data is NamedSet => Object.hasOwn(NAMED_SETS, data)

/** Whether `--data` names a data set, and not a folder. */
export const isDatasetName = (data: string): boolean => data === 'digits' || isNamedSet(data)
