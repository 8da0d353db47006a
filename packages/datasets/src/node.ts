export type { DownloadOptions, DownloadProgress } from './download/download.ts'
export type { RawImageDataset } from './images/assemble.ts'
export {
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  FASHION_MNIST,
  type ImageSource,
  KMNIST,
  MNIST,
} from './images/sources.ts'
export type { ImageDataset, ImageDatasetLoader, ImageDatasetOptions } from './images/split-dataset.ts'
export { defaultCacheDir, type PlatformInfo } from './node/default-cache-dir.ts'
export { loadEmnist, loadFashionMnist, loadIdxFolder, loadKmnist, loadMnist } from './node/load-mnist.ts'
export { type LoadRawImagesOptions, loadRawImages } from './node/load-pixels.ts'
