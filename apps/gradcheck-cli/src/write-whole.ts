import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { writeFailure } from '@gosa/cli-kit'

/** Writes a file so that it is there whole or not at all. Throws a failure in words where that cannot be. */
export function writeWhole(file: string, text: string): void {
  const part = `${file}.${process.pid}.part`
  try {
    writeFileSync(part, text)
    renameSync(part, file)
  } catch (error) {
    rmSync(part, { force: true })
    throw writeFailure(file, error)
  }
}
