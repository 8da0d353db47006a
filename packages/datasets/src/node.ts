/** `@gosa/datasets/node`: data sets from files and downloads, in Node. */

export type { DownloadOptions, DownloadProgress } from './download.ts'
export type {
  ImageDataset,
  ImageDatasetLoader,
  ImageDatasetOptions,
  RawImageDataset,
} from './images/image-dataset.ts'
export {
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
  QMNIST,
} from './images/sources.ts'
export { defaultCacheDir, type PlatformInfo } from './node/cache.ts'
export {
  type LoadRawImagesOptions,
  loadEmnist,
  loadFashionMnist,
  loadIdxFolder,
  loadKmnist,
  loadMnist,
  loadQmnist,
  loadRawImages,
} from './node/load-mnist.ts'
