import { join } from 'node:path'
import type { DownloadOptions } from '../download/download.ts'
import { DataError } from '../errors.ts'
import type { RawImageDataset } from '../images/assemble.ts'
import { checkHash } from '../images/check-hash.ts'
import { readSet } from '../images/read-set.ts'
import type { ImageSource } from '../images/sources.ts'
import { dropFile, fillCache } from './fill-cache.ts'
import { readIdxFile } from './read-idx-file.ts'
import { sha256 } from './sha256.ts'

/** Where a set's files are: in a folder of yours, or in a cache that is filled by downloading. */
export interface LoadRawImagesOptions extends DownloadOptions {
  /** The folder with the four IDX files, raw or `.gz`. Nothing is downloaded into it. */
  dir?: string
  /** The folder of caches, such as `defaultCacheDir` gives; the set has one of its own in it. */
  cacheDir?: string
}

/**
 * A set of the MNIST family as it is stored, a byte a pixel; see `gatherImages`, which normalizes a batch when it is
 * gathered. From `dir`, or from `cacheDir`, where what is missing or broken is downloaded.
 *
 * Rejects with a `DataError` where a file is missing, broken, another, or cannot be downloaded.
 */
export async function loadRawImages(
  source: ImageSource,
  options: LoadRawImagesOptions,
): Promise<RawImageDataset> {
  const { dir, cacheDir, ...downloading } = options
  if ((dir === undefined) === (cacheDir === undefined)) {
    throw new TypeError(
      `load ${source.name}: give either dir, a folder with its files, or cacheDir, where they are downloaded to`,
    )
  }
  if (dir !== undefined) return fromFolder(source, dir)
  const cache = join(cacheDir as string, source.folder)
  await fillCache(source, cache, downloading)
  try {
    return await fromFolder(source, cache)
  } catch (error) {
    // A file in our own cache that was damaged since is fetched again.
    if (!(error instanceof DataError && error.file && (await dropFile(source, cache, error.file))))
      throw error
    await fillCache(source, cache, downloading)
    return fromFolder(source, cache)
  }
}

const fromFolder = (source: ImageSource, dir: string): Promise<RawImageDataset> =>
  readSet(async (role) => {
    const known = source.files[role]
    const read = await readIdxFile(dir, known.name, known.bytes)
    return { ...read, pinned: await checkHash(read, sha256, known, source.name) }
  }, source)
