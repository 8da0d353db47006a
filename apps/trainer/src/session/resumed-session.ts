import { failure, loadData, type Run, usageError, useBackend } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import type { TrainingState } from '@gosa/training'
import type { Config } from '../config/config.ts'
import { readConfig, type SavedConfig, writeConfig } from '../config/config-file.ts'
import { isConfigKey } from '../config/config-keys.ts'
import { flagOf } from '../config/options-by-key.ts'
import { iterationsOf } from '../config/resolve-config.ts'
import type { TrainOptions } from '../config/train-options.ts'
import { createModel } from '../model/create-model.ts'
import { fromWeights } from '../model/from-weights.ts'
import { readCheckpoint } from '../run/checkpoints.ts'
import { rewindMetrics } from '../run/metrics.ts'
import { removeUnfinished } from '../run/write-file.ts'
import { dataSha256 } from './data-sha256.ts'
import { setAside } from './run-data.ts'
import { createSession, type Session } from './session.ts'

/** What may be typed beside `--resume`: what does not change the run, but how long it is and where its images are. */
const ALLOWED = new Set(['iterations', 'epochs', 'dataDir', 'threads', 'checkpointEvery'])

/** What may not, though it is nothing that a configuration holds. */
const REFUSED = new Set(['config', 'sweep'])

/**
 * The run of a folder where it stopped: with its own configuration, from its newest whole checkpoint, or from its
 * beginning where there is none.
 */
export async function resumedSession(
  folder: string,
  { options, given, output, env }: Run<TrainOptions>,
  signal: AbortSignal,
  load: typeof loadData = loadData,
): Promise<Session> {
  refuseOthers(given, folder, options)
  const saved = await readConfig(folder)
  const typed = <Key extends 'threads' | 'checkpointEvery' | 'dataDir'>(key: Key) =>
    given.has(key) ? options[key] : saved[key]
  useBackend({ ...saved, threads: typed('threads') })
  const { progress } = output
  const all = await load(
    { ...saved, dataDir: typed('dataDir') },
    { env, signal, progress, dtype: saved.dtype },
  )
  if (saved.dataSha256 !== dataSha256(all)) {
    throw failure(`the images of ${all.name} are not those with which the run of ${folder} began`)
  }
  const data = setAside(all, saved)
  const { batchSize } = saved
  const iterations = iterationsOf({ ...options, batchSize }, data) ?? saved.iterations
  const longer: SavedConfig = { ...saved, iterations, ...lengthened(saved, iterations) }
  const config: Config = { ...longer, checkpointEvery: typed('checkpointEvery') ?? saved.checkpointEvery }
  const from = await readCheckpoint(folder, output.warn)
  checkLength(folder, longer, from)
  await removeUnfinished(folder)
  if (iterations !== saved.iterations) await writeConfig(folder, longer)
  await rewindMetrics(folder, from?.iteration ?? 0)
  const rng = createRng(from?.rng ?? config.seed)
  const model = from
    ? fromWeights(from.weights, config.activation)
    : createModel(config, { init: config.std, rng, dtype: config.dtype })
  return createSession({ config, data, model, folder, rng, from })
}

/** A cosine that falls to the end of a run is not stretched afterwards: what was done with it would have been another run. */
const lengthened = ({ schedule, cosineSteps, warmUp, iterations }: Config, now: number): Partial<Config> =>
  schedule === 'cosine' && cosineSteps === undefined && now !== iterations
    ? { cosineSteps: Math.max(1, iterations - warmUp) }
    : {}

function checkLength(folder: string, config: Config, from: TrainingState | undefined): void {
  const { iterations, schedule, warmUp, cosineSteps = Infinity, cosineFloor } = config
  if (from && from.iteration > iterations) {
    throw usageError(
      `the run of ${folder} has taken ${from.iteration} steps already, more than ${iterations}`,
    )
  }
  if (schedule === 'cosine' && cosineFloor === 0 && iterations > warmUp + cosineSteps) {
    throw usageError(
      `the learning rate of the run of ${folder} comes down to 0 after ${warmUp + cosineSteps} steps; more would change nothing`,
    )
  }
}

function refuseOthers(given: ReadonlySet<string>, folder: string, { out }: TrainOptions): void {
  const other = [...given].find((name) => REFUSED.has(name) || (isConfigKey(name) && !ALLOWED.has(name)))
  if (other === undefined) return
  const flag = other === 'out' && out === false ? '--no-out' : flagOf(other)
  throw usageError(`${flag} cannot be given with --resume: the run of ${folder} goes on with its own options`)
}
