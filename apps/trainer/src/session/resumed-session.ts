import { failure, loadData, type Run, usageError, useBackend } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import { readConfig } from '../config/config-file.ts'
import { iterationsOf } from '../config/resolve-config.ts'
import type { TrainOptions } from '../config/train-options.ts'
import { createModel } from '../model/create-model.ts'
import { fromWeights } from '../model/from-weights.ts'
import { readCheckpoint } from '../run/checkpoints.ts'
import { rewindMetrics } from '../run/metrics.ts'
import { dataSha256 } from './data-sha256.ts'
import { createSession, type Session } from './session.ts'

/** What may be typed beside `--resume`: what does not change the run, but how long it is and where its images are. */
const ALLOWED = new Set(['resume', 'iterations', 'epochs', 'dataDir', 'threads', 'json', 'quiet', 'debug'])

/**
 * The run of a folder where it stopped: with its own configuration, from its newest whole checkpoint, or from its
 * beginning where there is none.
 */
export async function resumedSession(
  folder: string,
  { options, given, output, env }: Run<TrainOptions>,
  signal: AbortSignal,
): Promise<Session> {
  refuseOthers(given, folder)
  const saved = await readConfig(folder)
  const threads = given.has('threads') ? options.threads : saved.threads
  useBackend({ ...saved, threads })
  const data = await loadData(
    { ...saved, dataDir: options.dataDir ?? saved.dataDir },
    { env, signal, progress: output.progress, dtype: saved.dtype },
  )
  if (saved.dataSha256 !== dataSha256(data)) {
    throw failure(`the images of ${data.name} are not those with which the run of ${folder} began`)
  }
  const { batchSize } = saved
  const iterations = iterationsOf({ ...options, batchSize }, data) ?? saved.iterations
  const config = { ...saved, iterations }
  const from = await readCheckpoint(folder, output.warn)
  if (from && from.iteration > iterations) {
    throw usageError(
      `the run of ${folder} has taken ${from.iteration} steps already, more than ${iterations}`,
    )
  }
  await rewindMetrics(folder, from?.iteration ?? 0)
  const rng = createRng(from?.rng ?? config.seed)
  const model = from
    ? fromWeights(from.weights, config.activation)
    : createModel(config, { init: config.std, rng, dtype: config.dtype })
  return createSession({ config, data, model, folder, rng, from })
}

function refuseOthers(given: ReadonlySet<string>, folder: string): void {
  const other = [...given].find((name) => !ALLOWED.has(name))
  if (other === undefined) return
  const flag = `--${other.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
  throw usageError(`${flag} cannot be given with --resume: the run of ${folder} goes on with its own options`)
}
