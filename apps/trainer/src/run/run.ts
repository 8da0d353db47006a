import { resolve } from 'node:path'
import { type CommandContext, isDatasetName, type NamedDataset, usageError, useBackend } from '@gosa/cli-kit'
import { type Samples, split } from '@gosa/datasets'
import { createRng, type Rng } from '@gosa/linalg'
import type { Network } from '@gosa/networks'
import {
  createOptimizer,
  createTraining,
  type EarlyStoppingState,
  hasDecoupledWeightDecay,
  type LearningRateSchedule,
  learningRateAt,
  type Training,
  type TrainingState,
} from '@gosa/training'
import { loadImages } from '../data/load-images.ts'
import { createNetwork } from '../model/create-network.ts'
import { type Config, resolveConfig } from '../options/config.ts'
import { withNetworkFile } from '../options/network-file.ts'
import type { TrainOptions } from '../options/option-table.ts'
import { checkDependencies } from '../options/validate.ts'
import { hashData } from '../run-folder/data-sha256.ts'
import { createRunFolder, writeConfig } from '../run-folder/run-folder.ts'
import { errorTexts } from '../texts/errors.ts'
import { checkBatchMemory, checkData, checkMemory } from './check-sizes.ts'

/**
 * The type `Run`, and new runs: loads and splits the data, resolves the options, builds network and optimizer, creates the
 * folder.
 */

/** A run: the training of one network, ready to start or to be resumed. */
export interface Run {
  readonly config: Config
  readonly data: RunData
  readonly model: Network
  readonly training: Training
  /** The memory of early stopping, if the run is resumed. */
  readonly early?: EarlyStoppingState
  /** The folder in which the run is saved, if it is. */
  readonly folder?: string
  /** Whether it has been trained to its end, and everything is saved: there is nothing left to write. */
  readonly isComplete?: boolean
}

/** The images of a run; some of the training images may be held out for validation. */
export interface RunData extends NamedDataset {
  readonly validation?: Samples<Uint8Array>
}

/**
 * A new run from the options of `train`. Its folder is created before training, so that nothing is trained that cannot be
 * saved. Throws a `CommandError` if the options do not fit each other or the images.
 */
export async function createRun(
  context: Pick<CommandContext<TrainOptions>, 'options' | 'given' | 'output' | 'env'>,
  signal: AbortSignal,
  load: typeof loadImages = loadImages,
): Promise<Run> {
  const { given, output, env } = context
  const options = await withNetworkFile(context.options)
  checkDependencies(options, given)
  useBackend(options)
  const all = await load(options, { env, signal, progress: output.progress, dtype: options.dtype })
  checkData(all)
  const data = holdOut(all, options)
  const config = resolveConfig(withAbsolutePaths(options), data, hashData(all))
  checkMemory(config, options.layers ? '--layers' : '--hidden')
  const rng = createRng(config.seed)
  const model = createNetwork(config, data, rng)
  checkBatchMemory(model, config)
  const folder = await createFolder(options)
  if (folder) await writeConfig(folder, config)
  return assembleRun({ config, data, model, folder, rng })
}

async function createFolder({ out, data }: TrainOptions): Promise<string | undefined> {
  return out === false ? undefined : createRunFolder(out, data)
}

/** The options with absolute paths: a run may be resumed from another working directory. */
export function withAbsolutePaths<T extends TrainOptions>(options: T): T {
  const { data, dataDir, network } = options
  return {
    ...options,
    data: isDatasetName(data) ? data : resolve(data),
    dataDir: dataDir && resolve(dataDir),
    ...(typeof network === 'string' && network.endsWith('.json') && { network: resolve(network) }),
  }
}

/** A run with its optimizer and its training, at the start or at a saved state. */
export function assembleRun({
  from,
  rng,
  ...parts
}: Omit<Run, 'training' | 'early'> & { rng: Rng; from?: TrainingState }): Run {
  const { config, model, data } = parts
  const { batchSize, sampling, clipNorm } = config
  const optimizer = createOptimizer(config.optimizer, config)
  if (from) optimizer.load(from.optimizer)
  const schedule = scheduleOf(config)
  const training = createTraining({
    ...{ model, optimizer, data: data.train, batchSize, rng, sampling, from },
    rate: (iteration) => learningRateAt(schedule, iteration),
    rules: { weightDecay: hasDecoupledWeightDecay(config.optimizer) ? 0 : config.weightDecay, clipNorm },
  })
  return { ...parts, training, early: from?.early }
}

/** The learning rate schedule of a run. A cosine without a length falls until the end of the run. */
export const scheduleOf = (config: Config): LearningRateSchedule => ({
  ...config,
  cosineSteps: config.cosineSteps ?? Math.max(1, config.iterations - config.warmUp),
})

/**
 * Holds out a fraction of the training images for validation, at random. They are drawn by a generator of their own, so that
 * the initial weights are the same with and without validation. Throws a `CommandError` if one of the parts would be empty.
 */
export function holdOut(
  data: NamedDataset,
  { validation, seed }: Pick<Config, 'validation' | 'seed'>,
): RunData {
  if (validation === 0) return data
  const rng = createRng(createRng(seed).integer(2 ** 32))
  const [train, heldOut] = split(data.train, [1 - validation, validation], rng)
  if (train.t.length === 0 || heldOut.t.length === 0) {
    throw usageError(errorTexts().options.validation(validation, data.train.t.length))
  }
  return { ...data, train, validation: heldOut }
}
