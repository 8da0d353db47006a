import { randomUUID } from 'node:crypto'
import { type FileHandle, open, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Sink } from '../download/request.ts'
import { DataError } from '../errors.ts'

/** A file that is being downloaded, under a name of its own until it is whole. */
export interface PartFile extends Sink {
  readonly path: string
  /** Whether its first bytes are those of gzip. */
  isGzip(): Promise<boolean>
  /** Gives it its name, when all of it is on the disk. */
  finish(path: string): Promise<void>
  /** Closes it, and deletes it unless it was finished. */
  close(): Promise<void>
}

/**
 * Opens a part file for `name` in a folder. One that a killed process has left is gone on with: renaming it first makes
 * sure that no other process does the same. Throws a `DataError` of code `write`, as its functions do.
 */
export async function openPart(dir: string, name: string): Promise<PartFile> {
  const path = join(dir, `${name}.${randomUUID()}.part`)
  await claim(dir, name, path)
  const handle = await writing(path, () => open(path, 'a+'))
  let length = await handle.stat().then(({ size }) => size)
  let finished = false
  return {
    path,
    received: () => length,
    async write(chunk) {
      await writing(path, () => writeAll(handle, chunk))
      length += chunk.length
    },
    async restart() {
      await writing(path, () => handle.truncate(0))
      length = 0
    },
    async isGzip() {
      const { buffer } = await handle.read(new Uint8Array(2), 0, 2, 0)
      return buffer[0] === 0x1f && buffer[1] === 0x8b
    },
    async finish(target) {
      await writing(path, () => handle.sync())
      await handle.close()
      await writing(path, () => rename(path, target))
      finished = true
    },
    async close() {
      if (finished) return
      await handle.close().catch(() => {})
      await rm(path, { force: true })
    },
  }
}

/** The part that an earlier process has left, renamed; nothing where there is none, or another process was faster. */
async function claim(dir: string, name: string, path: string): Promise<void> {
  const left = (await readdir(dir)).filter((file) => file.startsWith(`${name}.`) && file.endsWith('.part'))
  for (const [i, file] of left.entries()) {
    if (i === 0) await rename(join(dir, file), path).catch(() => {})
    else await rm(join(dir, file), { force: true })
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let offset = 0; offset < chunk.length; ) {
    offset += (await handle.write(chunk, offset)).bytesWritten
  }
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
