import { access, readFile, stat } from 'node:fs/promises'
import { failure, fileReadError, writeFileAtomic } from '@gosa/cli-kit'
import { errorTexts } from '../texts/errors.ts'

/** Reads and writes files; what goes wrong is a `CommandError` that names the file. */

/** The most that Node reads at once. */
const MAX_READ_BYTES = 2 ** 31 - 1

/** Reads a file of at most `maxBytes`. Rejects folders and devices: a device may have no end. */
export async function readBytes(file: string, maxBytes: number = MAX_READ_BYTES): Promise<Uint8Array> {
  const entry = await stat(file).catch((error) => {
    throw fileReadError(file, error)
  })
  if (entry.isDirectory()) throw failure(errorTexts().files.isFolder(file))
  if (!entry.isFile() && !entry.isFIFO()) throw failure(errorTexts().files.notRegular(file))
  if (entry.size > maxBytes) throw failure(errorTexts().files.tooLarge(file, entry.size, maxBytes))
  return readFile(file).catch((error) => {
    throw fileReadError(file, error)
  })
}

/** Reads a JSON file, which may begin with a byte order mark, as some editors write it. */
export async function readJson(file: string): Promise<unknown> {
  // A TextDecoder leaves the mark out.
  const text = new TextDecoder().decode(await readBytes(file))
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw failure(errorTexts().files.notJson(file, (cause as Error).message), { cause })
  }
}

/** Whether an error of `readBytes` or `readJson` says that there is no such file. */
export function isMissing(error: unknown): boolean {
  const { code } = ((error as Error).cause ?? {}) as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}

/** Writes a new file atomically. Throws if there is a file of that name: nothing is overwritten. */
export async function writeNewFile(file: string, content: string | Uint8Array): Promise<void> {
  if (await exists(file)) throw failure(errorTexts().files.exists(file))
  await writeFileAtomic(file, content)
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )

/** Whether a file is a ZIP archive, such as NumPy's `.npz`, by its first bytes. */
export const isZip = ([p, k, third]: Uint8Array): boolean =>
  p === 0x50 && k === 0x4b && (third === 3 || third === 5)
