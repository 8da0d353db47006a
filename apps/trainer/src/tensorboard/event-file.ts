import { appendFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFailure } from '@gosa/cli-kit'
import { record } from './record.ts'

/**
 * Makes a new file for events in a folder, with some in it, and answers its path. Its name is what TensorBoard looks for;
 * a file that is there is left alone, and the new one comes after it in the order in which they are read.
 */
export async function newEventFile(
  folder: string,
  wallTime: number,
  events: readonly Uint8Array[],
): Promise<string> {
  const stem = join(folder, `events.out.tfevents.${String(Math.floor(wallTime)).padStart(10, '0')}.gosa`)
  for (let number = 0; ; number++) {
    const path = number === 0 ? stem : `${stem}.${number}`
    try {
      await writeFile(path, Buffer.concat(events.map(record)), { flag: 'wx' })
      return path
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw writeFailure(path, error)
    }
  }
}

/** Adds an event to a file: one record, written at once. */
export async function appendEvent(path: string, event: Uint8Array): Promise<void> {
  await appendFile(path, record(event)).catch((error) => {
    throw writeFailure(path, error)
  })
}
