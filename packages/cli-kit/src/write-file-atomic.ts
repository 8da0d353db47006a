import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { fileWriteError } from './errors.ts'

/*
 * Files that are complete or not there at all, whenever a process is killed or the power fails.
 */

/** The end of the name of a file that is still being written. */
export const UNFINISHED_SUFFIX = '.unfinished'

/**
 * Writes a file completely or not at all: to a unique temporary name in the same folder, flushed to disk, then renamed.
 * The path always names a complete file, the old one or the new one, whatever happens meanwhile. Throws a
 * `CommandError` that says why the file could not be written.
 */
export async function writeFileAtomic(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  const unfinished = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}${UNFINISHED_SUFFIX}`)
  try {
    const file = await open(unfinished, 'wx')
    try {
      await file.writeFile(content)
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(unfinished, path)
    await syncFolder(folder)
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {})
    throw fileWriteError(path, error)
  }
}

/** Removes from a folder the files that a killed process left unfinished. */
export async function removeUnfinishedFiles(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.endsWith(UNFINISHED_SUFFIX)) await rm(join(folder, name), { force: true })
  }
}

/** Flushes a folder's entries to disk: only then does a new or renamed file survive a power failure. Not on Windows. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
