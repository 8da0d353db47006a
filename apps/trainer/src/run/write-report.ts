/** What the report of a run is made of, and the file in the run's folder. */
import { availableParallelism, cpus, release, type } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { formatCount } from '@gosa/charts/text'
import { bestOrLatest, stepsPerEpoch, type TrainingOutcome, type Weights } from '@gosa/training'
import manifest from '../../package.json' with { type: 'json' }
import type { Config } from '../config/config.ts'
import { commandLine } from '../html/command-line.ts'
import { fromWeights } from '../model/from-weights.ts'
import { weightsSha256 } from '../model/weights-sha256.ts'
import type { Live } from '../observers/live.ts'
import type { RunHistory } from '../report/observer.ts'
import { reportPage } from '../report/page.ts'
import { remarked } from '../report/remarked.ts'
import {
  createReport,
  type Facts,
  type ReportData,
  type RunDescription,
  reportBody,
} from '../report/report.ts'
import { type Session, scheduleOf } from '../session/session.ts'
import { writeFileWhole } from './write-file.ts'

/** The name of the report in a run's folder. */
export const REPORT = 'report.html'

/** What the report says of a run from its start on. */
export function describeRun({
  config,
  data,
  folder,
}: Pick<Session, 'config' | 'data' | 'folder'>): RunDescription {
  const { layers, activation, dtype, batchSize } = config
  return {
    name: folder === undefined ? 'A run that is not kept' : basename(resolve(folder)),
    network: `${layers.join('-')}, ${activation}, ${dtype}`,
    dataset: remarked(data),
    ...{ test: data.test, height: data.height, width: data.width },
    classes: Math.max(data.classes, ...layers.slice(-1)),
    stepsPerEpoch: stepsPerEpoch(data.train.t.length, batchSize),
    configuration: configurationFacts(config),
    machine: machineFacts(config),
    commandLine: commandLine(config),
  }
}

/** `batchSize: 100` as `batch size` and 100. */
const configurationFacts = (config: Config): Facts =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      Array.isArray(value) ? value.join('-') : typeof value === 'boolean' ? (value ? 'yes' : 'no') : value,
    ]),
  )

const machineFacts = ({ backend, threads }: Pick<Config, 'backend' | 'threads'>): Facts => ({
  processor: cpus()[0]?.model.trim() || process.arch,
  cores: availableParallelism(),
  system: `${type()} ${release()}, ${process.arch}`,
  'Node.js': process.version,
  backend,
  threads,
  'gosa-trainer': manifest.version,
})

/** The report of a run that has ended, as far as it came, of a new model with the weights that are kept. */
function reportOf(session: Session, outcome: TrainingOutcome, { losses, epochs }: RunHistory): ReportData {
  const { config } = session
  const { weights, iterations, ...ending } = endingOf(outcome, config.iterations)
  const lastEpoch = outcome.kind === 'done' ? Infinity : ending.iteration
  return {
    ...describeRun(session),
    ...ending,
    model: fromWeights(weights, config.activation),
    epochs: epochs.filter(({ iteration }) => iteration <= lastEpoch),
    batches: losses.points(),
    samplesPerSecond: outcome.samplesPerSecond,
    commandLine: commandLine(shortened(config, iterations)),
    weightsSha256: weightsSha256(weights),
    date: new Date(),
  }
}

/**
 * Shows the report of a run that has ended on the live page, and writes it into the run's folder, in place of an older one.
 * Returns the path of the file; `undefined` if nothing is kept.
 */
export async function writeReport(
  session: Session,
  outcome: TrainingOutcome,
  { history, live }: { history: RunHistory; live?: Live },
): Promise<string | undefined> {
  if (session.folder === undefined && !live) return undefined
  const report = createReport(reportOf(session, outcome, history))
  live?.finish(report)
  if (session.folder === undefined) return undefined
  const file = join(session.folder, REPORT)
  await writeFileWhole(file, reportPage(report.title, reportBody(report)).text)
  return file
}

/** How a run ended, and with which weights. */
interface Ending extends Pick<ReportData, 'warning' | 'iteration'> {
  readonly status: string
  readonly weights: Weights
  /** After how many steps a run with the same configuration has these weights if it ends there; 0: before the first. */
  readonly iterations: number
}

function endingOf(outcome: TrainingOutcome, iterations: number): Ending {
  switch (outcome.kind) {
    case 'done':
      return { status: outcome.stoppedEarly ? 'stopped early' : 'done', ...outcome.result, iterations }
    case 'interrupted': {
      const { weights, iteration } = outcome.state
      const warning = `The run was stopped after ${formatCount(iteration)} of ${formatCount(iterations)} iterations and can be resumed.`
      return { status: 'interrupted', warning, weights, iteration, iterations: iteration }
    }
    case 'diverged': {
      const { weights, iteration } = bestOrLatest(outcome.lastGood)
      const warning =
        `Training failed: ${outcome.what} became NaN or infinite after ${formatCount(outcome.iteration)} iterations. ` +
        `This page shows the last finite weights, those after ${formatCount(iteration)}.`
      return { status: 'failed', warning, weights, iteration, iterations: iteration }
    }
  }
}

/** The configuration of a run that ends earlier on the same path: a cosine that falls to the end keeps its length. */
function shortened(config: Config, iterations: number): Config {
  if (iterations === 0 || iterations === config.iterations) return config
  const { cosineSteps } = config.schedule === 'cosine' ? scheduleOf(config) : config
  return { ...config, iterations, cosineSteps }
}
