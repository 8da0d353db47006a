/** `@gosa/datasets/browser`: data sets by `fetch` and from dropped files, in browsers. */

export { loadFashionMnist, loadKmnist, loadMnist, loadQmnist, loadRawImages } from './browser/load-mnist.ts'
export { type ImageFile, readImageFiles } from './browser/read-image-files.ts'
export type { DownloadOptions, DownloadProgress } from './download.ts'
export type {
  ImageDataset,
  ImageDatasetLoader,
  ImageDatasetOptions,
  RawImageDataset,
} from './images/image-dataset.ts'
export { FASHION_MNIST, type ImageSource, KMNIST, MNIST, QMNIST } from './images/sources.ts'
