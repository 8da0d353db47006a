import { mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { compressedLimit } from '../download/compressed-limit.ts'
import { type DownloadOptions, download } from '../download/download.ts'
import { DataError } from '../errors.ts'
import { checkHash } from '../images/check-hash.ts'
import type { ImageSource, SourceFile } from '../images/sources.ts'
import { withLock } from './lock.ts'
import { openPart } from './part-file.ts'
import { findIdxFile, readIdxPath } from './read-idx-file.ts'
import { sha256 } from './sha256.ts'

/** Downloads those of a set's files that are not in the folder, one process at a time. Throws a `DataError`. */
export async function fillCache(source: ImageSource, dir: string, options: DownloadOptions): Promise<void> {
  const wanted = Object.values(source.files)
  const missing = async () => {
    const found = await Promise.all(wanted.map(({ name }) => findIdxFile(dir, name)))
    return wanted.filter((_, i) => found[i] === undefined)
  }
  if ((await missing()).length === 0) return
  await mkdir(dir, { recursive: true }).catch((error) => {
    throw new DataError(
      'write',
      `the folder cannot be made (${error.message})`,
      { file: dir },
      { cause: error },
    )
  })
  await withLock(
    dir,
    async () => {
      for (const file of await missing()) await fetchFile(source, file, dir, options)
    },
    options,
  )
}

/** Downloads one file: it gets its name only when it is whole and verified. */
async function fetchFile(source: ImageSource, file: SourceFile, dir: string, options: DownloadOptions) {
  const name = `${file.name}.gz`
  const part = await openPart(dir, name)
  const verify = async () => {
    const read = await readIdxPath(part.path, await part.isGzip(), file.bytes)
    await checkHash({ ...read, file: name }, sha256, file, source.name)
  }
  const wanted = {
    file: name,
    limit: compressedLimit(file.bytes),
    advice: `Or put ${name} into ${dir} yourself`,
  }
  try {
    await download(wanted, part, verify, { mirrors: source.mirrors, ...options })
    await part.finish(join(dir, (await part.isGzip()) ? name : file.name))
  } finally {
    await part.close()
  }
}

/** Deletes the file at `path` if it is one of the set's in the folder, and answers whether it was. */
export async function dropFile({ files }: ImageSource, dir: string, path: string): Promise<boolean> {
  for (const { name } of Object.values(files)) {
    if ((await findIdxFile(dir, name)) !== path) continue
    await rm(path, { force: true })
    return true
  }
  return false
}
