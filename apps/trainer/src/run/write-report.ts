import { availableParallelism, cpus, release, type } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { formatCount } from '@gosa/charts/text'
import { writeFileAtomic } from '@gosa/cli-kit'
import { bestOrLatest, type Curve, stepsPerEpoch, type TrainingOutcome, type Weights } from '@gosa/training'
import manifest from '../../package.json' with { type: 'json' }
import { report } from '../html/report.ts'
import { networkOf, weightsSha256 } from '../model/model.ts'
import { trainCommand } from '../options/command-line.ts'
import type { Config } from '../options/config.ts'
import { readMetrics } from '../run-folder/metrics.ts'
import { type Run, scheduleOf } from './run.ts'

/** Collects what is known of a run at its end, and writes it as `report.html`. */

/** The name of the report in the folder of a run. */
export const REPORT_FILE = 'report.html'

/**
 * Writes the report of a run into its folder, replacing an older one, and returns its path. The report shows the weights that
 * are saved, which are not those of the run's model if training failed or stopped early.
 */
export async function writeReport(
  folder: string,
  { config, data }: Pick<Run, 'config' | 'data'>,
  outcome: TrainingOutcome,
  losses: Curve,
): Promise<string> {
  const { weights, iterations, ...summary } = summarize(outcome, config.iterations)
  const text = report({
    ...{ config, data, ...summary },
    model: networkOf(weights, config.activation),
    name: basename(resolve(folder)),
    epochs: await readMetrics(folder, outcome.kind === 'done' ? Infinity : summary.iteration),
    batches: losses.points(),
    perEpoch: stepsPerEpoch(data.train.t.length, config.batchSize),
    samplesPerSecond: outcome.samplesPerSecond,
    machine: describeMachine(config),
    commandLine: trainCommand(shortenedConfig(config, iterations)),
    weightsSha256: weightsSha256(weights),
    written: new Date(),
  })
  const file = join(folder, REPORT_FILE)
  await writeFileAtomic(file, text)
  return file
}

/** How a run ended, for its report. */
interface RunSummary {
  /** In a word. */
  ending: string
  /** In a sentence, if it did not succeed. */
  trouble?: string
  /** The weights that are saved, and their iteration. */
  weights: Weights
  iteration: number
  /** The number of iterations after which a run with the same configuration has these weights; 0: before the first. */
  iterations: number
}

function summarize(outcome: TrainingOutcome, iterations: number): RunSummary {
  switch (outcome.kind) {
    case 'done':
      return { ending: outcome.stoppedEarly ? 'stopped early' : 'done', ...outcome.result, iterations }
    case 'interrupted': {
      const { weights, iteration } = outcome.state
      const trouble = `It was stopped after ${formatCount(iteration)} of ${formatCount(iterations)} iterations, and can be resumed.`
      return { ending: 'interrupted', trouble, weights, iteration, iterations: iteration }
    }
    case 'diverged': {
      const { weights, iteration } = bestOrLatest(outcome.lastGood)
      const trouble =
        `Training failed: ${outcome.what} became NaN or infinite after ${formatCount(outcome.iteration)} iterations. ` +
        `This report shows the last good weights, those after ${formatCount(iteration)} iterations.`
      return { ending: 'failed', trouble, weights, iteration, iterations: iteration }
    }
  }
}

/** The configuration of a run that ends earlier with the same weights: a cosine that falls until the end keeps its length. */
function shortenedConfig(config: Config, iterations: number): Config {
  if (iterations === 0 || iterations === config.iterations) return config
  const { cosineSteps } = config.schedule === 'cosine' ? scheduleOf(config) : config
  return { ...config, iterations, cosineSteps }
}

const describeMachine = ({ backend, threads }: Pick<Config, 'backend' | 'threads'>) => ({
  processor: cpus()[0]?.model.trim() || process.arch,
  cores: availableParallelism(),
  system: `${type()} ${release()}, ${process.arch}`,
  'Node.js': process.version,
  backend,
  threads,
  'gosa-trainer': manifest.version,
})
