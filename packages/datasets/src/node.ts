/** `@gosa/datasets/node`: data sets from files and downloads, in Node. */

export type { DownloadOptions, DownloadProgress } from './download.ts'
export type {
  ImageDataset,
  ImageDatasetLoader,
  ImageDatasetOptions,
  RawImageDataset,
} from './images/image-dataset.ts'
export {
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  FASHION_MNIST,
  type ImageSource,
  KMNIST,
  MNIST,
} from './images/sources.ts'
export { defaultCacheDir, type PlatformInfo } from './node/cache.ts'
export {
  type LoadRawImagesOptions,
  loadEmnist,
  loadFashionMnist,
  loadIdxFolder,
  loadKmnist,
  loadMnist,
  loadRawImages,
} from './node/load-mnist.ts'
