import {
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  FASHION_MNIST,
  type ImageDatasetLoader,
  type ImageSource,
  KMNIST,
  type LoadRawImagesOptions,
  loadEmnist,
  loadFashionMnist,
  loadKmnist,
  loadMnist,
  MNIST,
} from '@gosa/datasets/node'
import type { DType } from '@gosa/linalg'
import type { Place } from './place.ts'

export interface LoadOptions {
  dtype?: DType
  trainSize?: number
  testSize?: number
  signal?: AbortSignal
  onProgress?: LoadRawImagesOptions['onProgress']
}

const downloaded = (source: ImageSource, load: ImageDatasetLoader<LoadRawImagesOptions>) => ({
  source,
  load: (place: Place, options: LoadOptions) => load({ ...place, ...options, compressed: true }),
})

/** EMNIST is offered as one large archive, so it is read from a folder alone. */
const unpacked = (source: ImageSource, set: 'digits' | 'letters') => ({
  source,
  load: ({ dir, cacheDir = '' }: Place, options: LoadOptions) =>
    loadEmnist({ set, dir: dir ?? cacheDir, ...options, compressed: true }),
})

/** The sets that `--data` knows by name. */
export const NAMED_SETS = {
  mnist: downloaded(MNIST, loadMnist),
  'fashion-mnist': downloaded(FASHION_MNIST, loadFashionMnist),
  kmnist: downloaded(KMNIST, loadKmnist),
  'emnist-digits': unpacked(EMNIST_DIGITS, 'digits'),
  'emnist-letters': unpacked(EMNIST_LETTERS, 'letters'),
} as const

export type SetName = keyof typeof NAMED_SETS

/** Whether this is the name of a set with files. */
export const isNamedSet = (data: string): data is SetName => Object.hasOwn(NAMED_SETS, data)

/** Whether `--data` names a set, and no folder. */
export const isSetName = (data: string): boolean => data === 'digits' || isNamedSet(data)
