import {
  type CommandContext,
  failure,
  loadData,
  removeUnfinishedFiles,
  usageError,
  useBackend,
} from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import type { TrainingState } from '@gosa/training'
import { createNetwork, networkOf } from '../model/model.ts'
import { type Config, resolveIterations } from '../options/config.ts'
import { flagOf, isOptionKey, optionOf, type TrainOptions } from '../options/option-table.ts'
import { readCheckpoint } from '../run-folder/checkpoints.ts'
import { rewindMetrics } from '../run-folder/metrics.ts'
import { readConfig, writeConfig } from '../run-folder/run-folder.ts'
import { assembleRun, hashLabels, holdOut, type Run } from './run.ts'

/**
 * Prepares the run of a folder to continue with its own configuration, from its newest intact checkpoint, or from its start if
 * there is none; a new length may be given. Removes what was written after the checkpoint: later metrics, unfinished files.
 * Throws a `CommandError` if the labels of its data set have changed, or an option is given that would change its weights.
 */
export async function resumeRun(
  folder: string,
  { options, given, output, env }: CommandContext<TrainOptions>,
  signal: AbortSignal,
  load: typeof loadData = loadData,
): Promise<Run> {
  refuseOtherOptions(given, folder, options)
  const saved = await readConfig(folder)
  const typed = <Key extends 'threads' | 'checkpointEvery' | 'dataDir'>(key: Key) =>
    given.has(key) ? options[key] : saved[key]
  useBackend({ ...saved, threads: typed('threads') })
  const all = await load(
    { ...saved, dataDir: typed('dataDir') },
    { env, signal, progress: output.progress, dtype: saved.dtype },
  )
  if (saved.dataSha256 !== hashLabels(all)) {
    throw failure(`the run of ${folder} started with other images than ${all.name} holds now`)
  }
  const data = holdOut(all, saved)
  const { batchSize } = saved
  const iterations = resolveIterations({ ...options, batchSize }, data) ?? saved.iterations
  const extended: Config = { ...saved, iterations, ...fixCosine(saved, iterations) }
  const config: Config = { ...extended, checkpointEvery: typed('checkpointEvery') ?? saved.checkpointEvery }
  const from = await readCheckpoint(folder, output.warn)
  checkLength(folder, extended, from)
  await removeUnfinishedFiles(folder)
  if (iterations !== saved.iterations) await writeConfig(folder, extended)
  await rewindMetrics(folder, from?.iteration ?? 0, output.warn)
  const rng = createRng(from?.rng ?? config.seed)
  const model = from
    ? networkOf(from.weights, config.activation)
    : createNetwork(config, { weightInitStd: config.weightInitStd, rng, dtype: config.dtype })
  return assembleRun({ config, data, model, folder, rng, from })
}

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
    throw usageError(
      `the run of ${folder} has reached iteration ${from.iteration} already, after ${iterations}`,
    )
  }
  if (schedule === 'cosine' && cosineFloor === 0 && iterations > warmUp + cosineSteps) {
    throw usageError(
      `the learning rate of the run of ${folder} reaches 0 after ${warmUp + cosineSteps} iterations; more would change nothing`,
    )
  }
}

function refuseOtherOptions(given: ReadonlySet<string>, folder: string, { out }: TrainOptions): void {
  const other = [...given].find((key) => isOptionKey(key) && !optionOf(key).resumable)
  if (other === undefined) return
  const flag = other === 'out' && out === false ? '--no-out' : flagOf(other)
  throw usageError(
    `${flag} cannot be given with --resume: the run of ${folder} continues with its own options`,
  )
}
