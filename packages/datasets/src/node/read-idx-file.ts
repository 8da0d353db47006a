/** IDX files on the disk, raw or compressed with gzip. */
import { createHash } from 'node:crypto'
import { createReadStream, type Stats } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { DataError } from '../errors.ts'
import { beginsAsGzip, collectIdx, MAX_DEFLATE_RATIO } from '../idx.ts'
import type { IdxFile } from '../images/image-dataset.ts'

/** Large chunks, since each one is passed between threads. */
const CHUNK_BYTES = 1 << 20

/** Returns the SHA-256 of bytes in hexadecimal. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Returns the uncompressed bytes of an IDX file in a folder, stored as `name` or `name.gz`, compressed or not. `bytes` is
 * the size that it must have, if known. Throws a `DataError`.
 */
export async function readIdxFile(dir: string, name: string, bytes?: number): Promise<IdxFile> {
  const path = await findIdxFile(dir, name)
  if (path) return readIdxPath(path, { bytes })
  const folder = await find(dir, name, (entry) => entry.isDirectory())
  if (folder) throw new DataError('unreadable', 'is a folder, but a file is needed', { file: folder })
  throw new DataError(
    'missing',
    `neither ${name} nor ${name}.gz is there: put the four IDX files into the folder`,
    { file: dir },
  )
}

/** Returns the path of the first accepted spelling that a file bears; a folder of that name does not count. */
export const findIdxFile = (dir: string, name: string): Promise<string | undefined> =>
  find(dir, name, (entry) => !entry.isDirectory())

async function find(dir: string, name: string, fits: (entry: Stats) => boolean): Promise<string | undefined> {
  const spellings = [name, name.replace('-idx', '.idx')].flatMap((spelling) => [spelling, `${spelling}.gz`])
  for (const spelling of spellings) {
    const path = join(dir, spelling)
    if (await stat(path).then(fits, () => false)) return path
  }
  return undefined
}

/**
 * Returns the uncompressed bytes of the IDX file at a path, decompressed if its first bytes are those of gzip. Errors name
 * `file`, the path by default. Throws a `DataError`.
 */
export async function readIdxPath(
  path: string,
  { bytes, file = path }: { bytes?: number; file?: string } = {},
): Promise<IdxFile> {
  try {
    const { size } = await stat(path)
    const isCompressed = beginsAsGzip(await firstBytes(path))
    const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
    try {
      if (!isCompressed) return { file, bytes: await collectIdx(source, { file, bytes, maxBytes: size }) }
      const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
      source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip)
      const content = await collectIdx(gunzip, { file, bytes, maxBytes: size * MAX_DEFLATE_RATIO })
      // Zeros after the last member, which Node skips and browsers refuse.
      if (gunzip.bytesWritten === size) return { file, bytes: content }
      throw new DataError('corrupt', 'bytes follow its compressed content: get the file again', { file })
    } finally {
      source.destroy()
    }
  } catch (error) {
    throw error instanceof DataError ? error : toDataError(error, file)
  }
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const handle = await open(path)
  try {
    return (await handle.read(new Uint8Array(2), 0, 2, 0)).buffer
  } finally {
    await handle.close()
  }
}

function toDataError(error: unknown, file: string): DataError {
  const { code, message } = error as NodeJS.ErrnoException
  const options = { cause: error }
  if (code === 'Z_BUF_ERROR') {
    const text = 'its compressed content ends too early: get the file again'
    return new DataError('truncated', text, { file }, options)
  }
  if (code?.startsWith('Z_')) {
    const text = `not a complete gzip file (${message}): get it again`
    return new DataError('corrupt', text, { file }, options)
  }
  return new DataError('unreadable', `cannot be read (${message})`, { file }, options)
}
