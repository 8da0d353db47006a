import { DataError } from '../errors.ts'
import type { IdxFile } from './pair.ts'
import type { SourceFile } from './sources.ts'

/** SHA-256 of bytes, hexadecimal; `undefined` where the platform offers none. */
export type Sha256 = (bytes: Uint8Array) => Promise<string | undefined> | string

/** Whether the content was compared and is the right one. Throws where it is another. */
export async function checkHash(
  { file, bytes }: IdxFile,
  sha256: Sha256,
  known: SourceFile | undefined,
  name: string,
): Promise<boolean> {
  const found = known?.sha256 && (await sha256(bytes))
  if (!found) return false
  if (found === known?.sha256) return true
  throw new DataError(
    'hash',
    `its content is not that of ${name} (SHA-256 ${found}, uncompressed, instead of ${known?.sha256}): get the file ` +
      'anew, or load it as other images with loadIdxFolder',
    { file },
  )
}
