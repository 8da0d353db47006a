/** The MNIST family in a browser, by `fetch`. */
import { type DownloadOptions, download, maxCompressedBytes } from '../download.ts'
import {
  type CheckedFile,
  checkHash,
  createLoader,
  type RawImageDataset,
  readImageDataset,
} from '../images/image-dataset.ts'
import { FASHION_MNIST, type ImageSource, KMNIST, MNIST, QMNIST, type SourceFile } from '../images/sources.ts'
import { decompressIdx, sha256 } from './read-idx-file.ts'

/**
 * Loads a data set of the MNIST family as it is stored, one byte per pixel: from `mirrors`, such as a folder of your own
 * server (`['/data/mnist/']`), or the data set's own, which must allow other sites to read them. Only the browser's HTTP
 * cache keeps the files.
 *
 * Rejects with a `DataError` if a file cannot be downloaded, is damaged, or is not the right one.
 */
export const loadRawImages = (source: ImageSource, options: DownloadOptions = {}): Promise<RawImageDataset> =>
  readImageDataset((role) => downloadFile(source, source.files[role], options), source)

function downloadFile(
  source: ImageSource,
  known: SourceFile,
  options: DownloadOptions,
): Promise<CheckedFile> {
  const file = `${known.name}.gz`
  const request = {
    file,
    maxBytes: maxCompressedBytes(known.bytes),
    advice: 'Or serve the files yourself and pass their folder as a mirror',
  }
  return download(request, { mirrors: source.mirrors, ...options }, async (chunks) => {
    const parts: Uint8Array[] = []
    for await (const chunk of chunks) parts.push(chunk)
    const bytes = await decompressIdx(parts, file, known.bytes)
    return checkHash({ file, bytes }, sha256, known, source.name)
  })
}

const loaderOf = (source: ImageSource) =>
  createLoader((options: DownloadOptions) => loadRawImages(source, options))

/**
 * Loads MNIST from `mirrors`, such as a folder of your own server, or from its public ones: train (60000) and test
 * (10000), x (N, 784), or (N, 1, 28, 28) with `flatten: false`. The content of every file is verified by its SHA-256.
 *
 * Rejects with a `DataError` if a file cannot be downloaded, is damaged, or is not the right one.
 */
export const loadMnist = loaderOf(MNIST)

/** Loads Fashion-MNIST in the same way. Structure and sizes are verified, not the content. */
export const loadFashionMnist = loaderOf(FASHION_MNIST)

/** Loads Kuzushiji-MNIST in the same way. Structure and sizes are verified, not the content. */
export const loadKmnist = loaderOf(KMNIST)

/** Loads QMNIST, whose test part has 60,000 images, in the same way. Structure and sizes are verified, not the content. */
export const loadQmnist = loaderOf(QMNIST)
