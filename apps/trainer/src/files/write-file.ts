import { randomBytes } from 'node:crypto'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { writeFailure } from '@gosa/cli-kit'

/** What the name of a file that is not finished ends with. */
export const UNFINISHED = '.unfinished'

/**
 * Writes a file as a whole or not at all: to a name that nobody else uses, forced to the disk, then renamed, so that
 * the name always stands for a whole file, the old one or the new one, whatever happens in between.
 */
export async function writeFileWhole(path: string, content: Uint8Array | string): Promise<void> {
  const folder = dirname(path)
  const unfinished = join(folder, `.${basename(path)}.${randomBytes(6).toString('hex')}${UNFINISHED}`)
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
    throw writeFailure(path, error)
  }
}

/** Removes from a folder what was being written into it when a process was killed. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    if (name.endsWith(UNFINISHED)) await rm(join(folder, name), { force: true })
  }
}

/** Forces to the disk what a folder holds: a new name is safe only with it. Windows has no such thing. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
