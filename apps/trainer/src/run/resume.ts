import { join } from 'node:path'
import { type CommandContext, failure, removeUnfinishedFiles, usageError, useBackend } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import type { TrainingState } from '@gosa/training'
import { loadImages } from '../data/load-images.ts'
import { exists } from '../files/files.ts'
import { createNetwork, restoreNetwork } from '../model/create-network.ts'
import { MODEL_FILE } from '../model/model.ts'
import { type Config, resolveIterations } from '../options/config.ts'
import { flagOf, isOptionKey, optionOf, type TrainOptions } from '../options/option-table.ts'
import { readCheckpoint } from '../run-folder/checkpoints.ts'
import { hashData } from '../run-folder/data-sha256.ts'
import { rewindMetrics } from '../run-folder/metrics.ts'
import { runDataOptions } from '../run-folder/run-data.ts'
import { REPORT_FILE, readConfig, writeConfig } from '../run-folder/run-folder.ts'
import { errorTexts } from '../texts/errors.ts'
import { runTexts } from '../texts/run.ts'
import { assembleRun, holdOut, type Run } from './run.ts'

/**
 * Prepares the run of a folder to continue with its own configuration, from its newest intact checkpoint, or from its start if
 * there is none; a new length may be given. Removes what was written after the checkpoint: later metrics, unfinished files.
 * A run that has ended is complete: nothing is written.
 *
 * Throws a `CommandError` if its data set has changed, or an option is given that would change its weights.
 */
export async function resumeRun(
  folder: string,
  { options, given, output, env }: CommandContext<TrainOptions>,
  signal: AbortSignal,
  load: typeof loadImages = loadImages,
): Promise<Run> {
  refuseOtherOptions(given, folder, options)
  const saved = await readConfig(folder)
  const typed = <Key extends 'threads' | 'checkpointEvery'>(key: Key) =>
    given.has(key) ? options[key] : saved[key]
  useBackend({ ...saved, threads: typed('threads') })
  const all = await load(
    { ...saved, ...(await runDataOptions(saved, options.dataDir)) },
    { env, signal, progress: output.progress, dtype: saved.dtype },
  )
  if (saved.dataSha256 !== hashData(all)) {
    throw failure(errorTexts().resume.otherImages(folder, all.name))
  }
  const data = holdOut(all, saved)
  const { batchSize } = saved
  const iterations = resolveIterations({ ...options, batchSize }, data) ?? saved.iterations
  const extended: Config = { ...saved, iterations, ...fixCosine(saved, iterations) }
  const config: Config = { ...extended, checkpointEvery: typed('checkpointEvery') ?? saved.checkpointEvery }
  const from = await readCheckpoint(folder, config, output.warn)
  checkLength(folder, extended, from)
  const isComplete = from !== undefined && hasEnded(from, config) && (await hasResult(folder))
  if (isComplete) output.note(runTexts().complete(folder))
  else {
    await removeUnfinishedFiles(folder)
    if (iterations !== saved.iterations) await writeConfig(folder, extended)
    await rewindMetrics(folder, from?.iteration ?? 0, output.warn)
  }
  const rng = createRng(from?.rng ?? config.seed)
  const model = from ? restoreNetwork(config, data, from) : createNetwork(config, data, rng)
  return assembleRun({ config, data, model, folder, isComplete, rng, from })
}

/** Whether a state is that of the end of a run: all iterations are done, or patience is exhausted. */
const hasEnded = (
  { iteration, early }: TrainingState,
  { iterations, patience = Infinity }: Config,
): boolean => iteration >= iterations || (early !== undefined && early.waited >= patience)

/** Whether a run has saved what it saves at its end. It is killed in between at the worst moment. */
const hasResult = async (folder: string): Promise<boolean> =>
  (await exists(join(folder, MODEL_FILE))) && (await exists(join(folder, REPORT_FILE)))

/** Keeps the length of a cosine that falls until the end when a run is extended: stretching it would make another run. */
const fixCosine = (
  { schedule, cosineSteps, warmUp, iterations }: Config,
  extendedTo: number,
): Partial<Config> =>
  schedule === 'cosine' && cosineSteps === undefined && extendedTo !== iterations
    ? { cosineSteps: Math.max(1, iterations - warmUp) }
    : {}

function checkLength(folder: string, config: Config, from: TrainingState | undefined): void {
  const { iterations, schedule, warmUp, cosineSteps = Infinity, cosineFloor } = config
  if (from && from.iteration > iterations) {
    throw usageError(errorTexts().resume.tooShort(folder, from.iteration, iterations))
  }
  if (schedule === 'cosine' && cosineFloor === 0 && iterations > warmUp + cosineSteps) {
    throw usageError(errorTexts().resume.rateIsZero(folder, warmUp + cosineSteps))
  }
}

function refuseOtherOptions(given: ReadonlySet<string>, folder: string, { out }: TrainOptions): void {
  const other = [...given].find((key) => isOptionKey(key) && !optionOf(key).resumable)
  if (other === undefined) return
  const flag = other === 'out' && out === false ? '--no-out' : flagOf(other)
  throw usageError(errorTexts().resume.option(flag, folder))
}
