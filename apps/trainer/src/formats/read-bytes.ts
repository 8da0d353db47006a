import { readFile, stat } from 'node:fs/promises'
import { failure, readFailure } from '@gosa/cli-kit'

/** What Node reads at once. */
const MOST = 2 ** 31 - 1

/** The content of a file of at most so many bytes. Throws a `CommandError` that names the file and what is wrong with it. */
export async function readBytes(file: string, most: number = MOST): Promise<Uint8Array> {
  const entry = await stat(file).catch((error) => {
    throw readFailure(file, error)
  })
  if (entry.isDirectory()) throw failure(`${file} is a folder, not a file`)
  // A device may have no end.
  if (!entry.isFile() && !entry.isFIFO()) throw failure(`${file} is no file that can be read`)
  if (entry.size > most) throw failure(`${file} has ${entry.size} bytes, more than the ${most} that are read`)
  return readFile(file).catch((error) => {
    throw readFailure(file, error)
  })
}
