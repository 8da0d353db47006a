export type { DownloadOptions, Progress } from './download/download.ts'
export type { SplitPixels } from './images/assemble.ts'
export {
  EMNIST_DIGITS,
  EMNIST_LETTERS,
  FASHION_MNIST,
  type ImageSource,
  KMNIST,
  MNIST,
} from './images/sources.ts'
export type { Loader, SplitDataset, SplitOptions } from './images/split-dataset.ts'
export { defaultCacheDir, type Surroundings } from './node/default-cache-dir.ts'
export { loadEmnist, loadFashionMnist, loadIdxFolder, loadKmnist, loadMnist } from './node/load-mnist.ts'
export { loadPixels, type PixelOptions } from './node/load-pixels.ts'
