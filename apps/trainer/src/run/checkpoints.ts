import { mkdir, readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeFailure } from '@gosa/cli-kit'
import type { TrainingState } from '@gosa/training'
import { decodeCheckpoint, encodeCheckpoint } from './checkpoint-file.ts'
import { removeUnfinished, syncFolder, writeFileWhole } from './write-file.ts'

const FOLDER = 'checkpoint'
const NAME = /^(\d+)\.safetensors$/

/** How many are kept: the newest, and the one before in case the newest is damaged. */
const KEPT = 2

/** Writes a checkpoint into a run's folder, and removes those that are older than the one before. */
export async function writeCheckpoint(run: string, state: TrainingState): Promise<void> {
  const folder = join(run, FOLDER)
  try {
    if (await mkdir(folder, { recursive: true })) await syncFolder(run)
  } catch (error) {
    throw writeFailure(folder, error)
  }
  await writeFileWhole(join(folder, `${state.iteration}.safetensors`), encodeCheckpoint(state))
  const older = (await iterationsIn(folder)).filter((iteration) => iteration <= state.iteration)
  for (const iteration of older.slice(KEPT))
    await rm(join(folder, `${iteration}.safetensors`), { force: true })
}

/**
 * The newest checkpoint of a run that is whole, if any. `warn` is told of each one that is damaged. What is left of
 * files that were being written is removed.
 */
export async function readCheckpoint(
  run: string,
  warn: (message: string) => void,
): Promise<TrainingState | undefined> {
  const folder = join(run, FOLDER)
  await removeUnfinished(folder)
  const iterations = await iterationsIn(folder)
  for (const iteration of iterations) {
    const file = join(folder, `${iteration}.safetensors`)
    try {
      return decodeCheckpoint(await readFile(file))
    } catch (error) {
      warn(`${file} is damaged (${(error as Error).message}) and left out`)
    }
  }
  if (iterations.length > 0) warn('no whole checkpoint is left: the run begins anew, with the same numbers')
  return undefined
}

/** The number of steps of the newest checkpoint of a run, if there is any. */
export const newestCheckpoint = async (run: string): Promise<number | undefined> =>
  (await iterationsIn(join(run, FOLDER)))[0]

const namesIn = (folder: string): Promise<string[]> => readdir(folder).catch(() => [])

/** Of the checkpoints in a folder, the newest first. */
async function iterationsIn(folder: string): Promise<number[]> {
  const numbers = (await namesIn(folder)).flatMap((name) => NAME.exec(name)?.[1] ?? []).map(Number)
  return numbers.sort((a, b) => b - a)
}
