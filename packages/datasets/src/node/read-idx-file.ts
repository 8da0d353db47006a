/** IDX files on the disk, raw or compressed with gzip. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { DataError } from '../errors.ts'
import { collectIdx } from '../idx.ts'
import type { IdxFile } from '../images/image-dataset.ts'

/** Large chunks, since each one is passed between threads. */
const CHUNK_BYTES = 1 << 20

/** No byte of deflate can expand to more than this many, by its format. */
const MAX_DEFLATE_RATIO = 1032

/** Returns the SHA-256 of bytes in hexadecimal. */
export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * Returns the uncompressed bytes of an IDX file in a folder, stored as `name` or `name.gz`. `bytes` is the size that it
 * must have, if known. Throws a `DataError`.
 */
export async function readIdxFile(dir: string, name: string, bytes?: number): Promise<IdxFile> {
  const path = await findIdxFile(dir, name)
  if (path) return readIdxPath(path, { isCompressed: path.endsWith('.gz'), bytes })
  throw new DataError(
    'missing',
    `neither ${name} nor ${name}.gz is there: put the four IDX files into the folder`,
    { file: dir },
  )
}

/** Returns the path of the first accepted spelling that exists. */
export async function findIdxFile(dir: string, name: string): Promise<string | undefined> {
  const spellings = [name, name.replace('-idx', '.idx')].flatMap((spelling) => [spelling, `${spelling}.gz`])
  for (const spelling of spellings) {
    const path = join(dir, spelling)
    const exists = await access(path).then(
      () => true,
      () => false,
    )
    if (exists) return path
  }
  return undefined
}

/**
 * Returns the uncompressed bytes of the IDX file at a path. Errors name `file`, the path by default. Throws a
 * `DataError`.
 */
export async function readIdxPath(
  path: string,
  { isCompressed, bytes, file = path }: { isCompressed: boolean; bytes?: number; file?: string },
): Promise<IdxFile> {
  const { size } = await stat(path)
  const source = createReadStream(path, { highWaterMark: CHUNK_BYTES })
  try {
    if (!isCompressed) return { file, bytes: await collectIdx(source, { file, bytes, maxBytes: size }) }
    const gunzip = createGunzip({ chunkSize: CHUNK_BYTES })
    source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip)
    return {
      file,
      bytes: await collectIdx(gunzip, { file, bytes, maxBytes: size * MAX_DEFLATE_RATIO }),
    }
  } catch (error) {
    throw error instanceof DataError ? error : toDataError(error, file)
  } finally {
    source.destroy()
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
