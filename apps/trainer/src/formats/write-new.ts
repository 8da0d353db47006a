import { access } from 'node:fs/promises'
import { failure } from '@gosa/cli-kit'
import { writeFileWhole } from '../run/write-file.ts'

/** Writes a file whole or not at all. Throws a `CommandError` where there is one of that name: nothing is overwritten. */
export async function writeNew(file: string, content: string | Uint8Array): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  )
  if (isThere) throw failure(`${file} is there already and is not overwritten`)
  await writeFileWhole(file, content)
}
