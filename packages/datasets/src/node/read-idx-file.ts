import { createReadStream } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { createGunzip } from 'node:zlib'
import { DataError } from '../data-error.ts'
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
  const file = await find(dir, name)
  const size = await stat(file).then((entry) => entry.size)
  const source = createReadStream(file, { highWaterMark: CHUNK })
  try {
    if (!file.endsWith('.gz')) return { file, bytes: await collectIdx(source, { file, bytes, most: size }) }
    const gunzip = createGunzip({ chunkSize: CHUNK })
    source.on('error', (error) => gunzip.destroy(error)).pipe(gunzip)
    const most = size * DEFLATE_RATIO
    return { file, bytes: await collectIdx(gunzip, { file, bytes, most }) }
  } catch (error) {
    throw error instanceof DataError ? error : explained(error, file)
  } finally {
    source.destroy()
  }
}

/** The path of the first of the accepted spellings that is there. */
async function find(dir: string, name: string): Promise<string> {
  const spellings = [name, name.replace('-idx', '.idx')].flatMap((spelling) => [spelling, `${spelling}.gz`])
  for (const spelling of spellings) {
    const file = join(dir, spelling)
    if (
      await access(file).then(
        () => true,
        () => false,
      )
    )
      return file
  }
  throw new DataError(
    'missing',
    `neither ${name} nor ${name}.gz is there: put the four IDX files into this folder`,
    {
      file: dir,
    },
  )
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
