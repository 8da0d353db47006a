/**
 * The folder into which a data set is downloaded. A file gets its name when it is complete and verified: it is written to
 * a temporary file beside its place and renamed, so neither a failure nor a second process leaves a broken one.
 */
import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join, posix, win32 } from 'node:path'
import { type DownloadOptions, download, maxCompressedBytes } from '../download.ts'
import { DataError } from '../errors.ts'
import { beginsAsGzip } from '../idx.ts'
import { checkHash } from '../images/image-dataset.ts'
import type { ImageSource, SourceFile } from '../images/sources.ts'
import { findIdxFile, readIdxPath, sha256 } from './read-idx-file.ts'

/** What the cache folder depends on: `{ env: process.env, platform: process.platform, home: os.homedir() }`. */
export interface PlatformInfo {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform: string
  readonly home: string
}

/**
 * Returns Gosa's folder among the user's caches, where each system keeps them. A pure function: what it depends on is
 * passed in.
 *
 * Source: the XDG base directory specification; Apple's and Microsoft's guides to their file systems.
 */
export function defaultCacheDir({ env, platform, home }: PlatformInfo): string {
  if (platform === 'win32') {
    return win32.join(env.LOCALAPPDATA || win32.join(home, 'AppData', 'Local'), 'gosa', 'cache')
  }
  if (platform === 'darwin') return posix.join(home, 'Library', 'Caches', 'gosa')
  return posix.join(env.XDG_CACHE_HOME || posix.join(home, '.cache'), 'gosa')
}

/** Downloads the data set's files that the folder lacks. Throws a `DataError`. */
export async function fillCache(source: ImageSource, dir: string, options: DownloadOptions): Promise<void> {
  for (const file of Object.values(source.files)) {
    if (await findIdxFile(dir, file.name)) continue
    await mkdir(dir, { recursive: true }).catch((error) => {
      const message = `the folder cannot be created (${error.message})`
      throw new DataError('write', message, { file: dir }, { cause: error })
    })
    await downloadFile(source, file, dir, options)
  }
}

/**
 * Removes the file at `path` if it is one of the data set's in the folder, so that it is downloaded again; returns
 * whether it was.
 */
export async function removeFromCache({ files }: ImageSource, dir: string, path: string): Promise<boolean> {
  for (const { name } of Object.values(files)) {
    if ((await findIdxFile(dir, name)) !== path) continue
    await rm(path, { force: true })
    return true
  }
  return false
}

/** Two processes may do this at once: each writes a file of its own, and both end with the same verified content. */
async function downloadFile(source: ImageSource, known: SourceFile, dir: string, options: DownloadOptions) {
  const name = `${known.name}.gz`
  await removeOldTemporaries(dir, name)
  const request = {
    file: name,
    maxBytes: maxCompressedBytes(known.bytes),
    advice: `Or put ${name} into ${dir} yourself`,
  }
  await download(request, { mirrors: source.mirrors, ...options }, async (chunks) => {
    const temporary = join(dir, `${name}.${randomUUID()}${TEMPORARY_SUFFIX}`)
    try {
      const isCompressed = await writeChunks(temporary, chunks)
      const content = await readIdxPath(temporary, { file: name, bytes: known.bytes })
      await checkHash(content, sha256, known, source.name)
      // `fetch` may have decompressed it on the way.
      await moveTo(join(dir, isCompressed ? name : known.name), temporary)
    } finally {
      await rm(temporary, { force: true })
    }
  })
}

const TEMPORARY_SUFFIX = '.tmp'
const MAX_TEMPORARY_AGE_MS = 24 * 60 * 60 * 1000

/** Removes what killed processes left of this file; a young one may be in use. */
async function removeOldTemporaries(dir: string, name: string): Promise<void> {
  for (const entry of await readdir(dir)) {
    if (!entry.startsWith(`${name}.`) || !entry.endsWith(TEMPORARY_SUFFIX)) continue
    const path = join(dir, entry)
    const age = await stat(path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs,
      () => 0,
    )
    if (age > MAX_TEMPORARY_AGE_MS) await rm(path, { force: true })
  }
}

/** Writes a new file to the disk; returns whether its content is gzip. Throws a `DataError` of code `write`. */
async function writeChunks(path: string, chunks: AsyncIterable<Uint8Array>): Promise<boolean> {
  const handle = await writing(path, () => open(path, 'wx+'))
  try {
    for await (const chunk of chunks) await writing(path, () => handle.writeFile(chunk))
    await writing(path, () => handle.sync())
    return beginsAsGzip((await handle.read(new Uint8Array(2), 0, 2, 0)).buffer)
  } finally {
    await handle.close()
  }
}

async function moveTo(path: string, temporary: string): Promise<void> {
  await writing(path, () => rename(temporary, path)).catch(async (error) => {
    // Windows refuses to replace a file that another process is reading; that one is verified as well.
    const isThere = await stat(path).then(
      (entry) => entry.isFile(),
      () => false,
    )
    if (!isThere) throw error
  })
}

async function writing<T>(file: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const help = code === 'ENOSPC' ? ': the disk is full' : ''
    throw new DataError('write', `cannot be written${help} (${message})`, { file }, { cause: error })
  }
}
