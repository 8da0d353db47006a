import { createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { DataError } from '../errors.ts'
import { collectIdx } from '../idx/collect-idx.ts'
import type { IdxFile } from '../images/pair.ts'

/** Large chunks, since each one is handed over between threads. */
const CHUNK = 1 << 20

/** No byte of deflate can hold more than this many, by its format. */
const DEFLATE_RATIO = 1032

/**
 * The uncompressed bytes of an IDX file in a folder, there as `name` or `name.gz`; of a set that is known, `bytes` is
 * the length that it must have. Throws a `DataError`.
 */
export async function readIdxFile(dir: string, name: string, bytes?: number): Promise<IdxFile> {
  const file = await findIdxFile(dir, name)
  if (file) return readIdxPath(file, file.endsWith('.gz'), bytes)
  throw new DataError('missing', `neither ${name} nor ${name}.gz is there: put the four IDX files into it`, {
    file: dir,
  })
}

/** The path of the first of the accepted spellings that is there. */
export async function findIdxFile(dir: string, name: string): Promise<string | undefined> {
  const spellings = [name, name.replace('-idx', '.idx')].flatMap((spelling) => [spelling, `${spelling}.gz`])
  for (const spelling of spellings) {
    const file = join(dir, spelling)
    const there = await access(file).then(
      () => true,
      () => false,
    )
    if (there) return file
  }
  return undefined
}

/** The uncompressed bytes of the IDX file at a path. Throws a `DataError`. */
export async function readIdxPath(file: string, compressed: boolean, bytes?: number): Promise<IdxFile> {
  const { size } = await stat(file)
  const source = createReadStream(file, { highWaterMark: CHUNK })
  try {
    if (!compressed) return { file, bytes: await collectIdx(source, { file, bytes, most: size }) }
    const gunzip = createGunzip({ chunkSize: CHUNK })
    source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip)
    return { file, bytes: await collectIdx(gunzip, { file, bytes, most: size * DEFLATE_RATIO }) }
  } catch (error) {
    throw error instanceof DataError ? error : explained(error, file)
  } finally {
    source.destroy()
  }
}

function explained(error: unknown, file: string): DataError {
  const { code, message } = error as NodeJS.ErrnoException
  const options = { cause: error }
  if (code === 'Z_BUF_ERROR') {
    return new DataError(
      'truncated',
      'its compressed content ends too early: get the file anew',
      { file },
      options,
    )
  }
  if (code?.startsWith('Z_')) {
    return new DataError('corrupt', `is no whole gzip file (${message}): get it anew`, { file }, options)
  }
  return new DataError('unreadable', `cannot be read (${message})`, { file }, options)
}
