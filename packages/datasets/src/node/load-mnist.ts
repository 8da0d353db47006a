import { readSet } from '../images/read-set.ts'
import {
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  FASHION_MNIST,
  type ImageSource,
  KMNIST,
  MNIST,
  MNIST_NAMES,
} from '../images/sources.ts'
import { loader } from '../images/split-dataset.ts'
import { type LoadRawImagesOptions, loadRawImages } from './load-pixels.ts'
import { readIdxFile } from './read-idx-file.ts'

const loaderOf = (source: ImageSource) =>
  loader((options: LoadRawImagesOptions) => loadRawImages(source, options))

/**
 * MNIST: train (60000) and test (10000), images (N, 784), or (N, 1, 28, 28) with `flatten: false`. The content of every
 * file is verified by its SHA-256, uncompressed, so any honest copy serves, however it was compressed.
 *
 * All of these take `dir`, a folder with the files, or `cacheDir`, where what is missing is downloaded; and reject with a
 * `DataError` where a file is missing, broken, another, or cannot be downloaded.
 */
export const loadMnist = loaderOf(MNIST)

/** Fashion-MNIST, in the shapes of MNIST. Structure and sizes are verified; the content is not pinned. */
export const loadFashionMnist = loaderOf(FASHION_MNIST)

/** Kuzushiji-MNIST, in the shapes of MNIST. Structure and sizes are verified; the content is not pinned. */
export const loadKmnist = loaderOf(KMNIST)

/**
 * EMNIST's digits (240000 and 40000) or letters (124800 and 20800, classes 0 to 25), upright, from a folder with the
 * files `emnist-digits-train-images-idx3-ubyte.gz` and so on. They are offered as one archive, so nothing is downloaded.
 */
export const loadEmnist = loader(({ set, dir }: { set: 'digits' | 'letters'; dir: string }) =>
  loadRawImages(set === 'letters' ? EMNIST_LETTERS : EMNIST_DIGITS, { dir }),
)

/**
 * Images of any content from a folder with four IDX files of MNIST's names: uint8 images of one size, uint8 labels. There
 * are as many classes as the largest label says. Only structure and sizes can be verified.
 *
 * Rejects with a `DataError` where a file is missing or broken, or two do not fit each other.
 */
export const loadIdxFolder = loader(({ dir }: { dir: string }) =>
  readSet(async (role) => ({ ...(await readIdxFile(dir, MNIST_NAMES[role])), pinned: false })),
)
