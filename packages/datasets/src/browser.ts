import { loadRawImages } from './browser/load-pixels.ts'
import type { DownloadOptions } from './download/download.ts'
import { FASHION_MNIST, type ImageSource, KMNIST, MNIST } from './images/sources.ts'
import { loader } from './images/split-dataset.ts'

export { loadRawImages } from './browser/load-pixels.ts'
export { type ImageFile, readImageFiles } from './browser/read-image-files.ts'
export type { DownloadOptions, DownloadProgress } from './download/download.ts'
export type { RawImageDataset } from './images/assemble.ts'
export { FASHION_MNIST, type ImageSource, KMNIST, MNIST } from './images/sources.ts'
export type { ImageDataset, ImageDatasetLoader, ImageDatasetOptions } from './images/split-dataset.ts'

const loaderOf = (source: ImageSource) => loader((options: DownloadOptions) => loadRawImages(source, options))

/**
 * MNIST by `fetch`, from `mirrors`, such as a folder of your own server, or the set's own: train (60000) and test (10000),
 * images (N, 784), or (N, 1, 28, 28) with `flatten: false`. The content of every file is verified by its SHA-256.
 *
 * Rejects with a `DataError` where a file cannot be downloaded, is broken, or another.
 */
export const loadMnist = loaderOf(MNIST)

/** Fashion-MNIST in the same way. Structure and sizes are verified; the content is not pinned. */
export const loadFashionMnist = loaderOf(FASHION_MNIST)

/** Kuzushiji-MNIST in the same way. Structure and sizes are verified; the content is not pinned. */
export const loadKmnist = loaderOf(KMNIST)
