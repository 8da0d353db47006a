/** Collects the data of a run's report, for the live page and for `report.html`, and writes the file. */
import { availableParallelism, cpus, release, type } from 'node:os'
import { basename, join, resolve } from 'node:path'
import { formatCount } from '@gosa/charts/text'
import { datasetLabel, writeFileAtomic } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import { bestOrLatest, stepsPerEpoch, type TrainingOutcome, type TrainingState } from '@gosa/training'
import manifest from '../../package.json' with { type: 'json' }
import { createNetwork, outputShapeOf, restoreNetwork } from '../model/create-network.ts'
import { weightsSha256 } from '../model/model.ts'
import type { Live } from '../observers/live.ts'
import type { RunHistory } from '../observers/observer.ts'
import { trainCommand } from '../options/command-line.ts'
import type { Config } from '../options/config.ts'
import { isFullyConnected, networkLabel } from '../options/network-choice.ts'
import { filtersOf } from '../report/filters.ts'
import { reportPage } from '../report/page.ts'
import {
  createReport,
  type Facts,
  type ReportData,
  type RunDescription,
  reportBody,
} from '../report/report.ts'
import { REPORT_FILE } from '../run-folder/run-folder.ts'
import { reportTexts } from '../texts/report.ts'
import { runTexts } from '../texts/run.ts'
import { type Run, scheduleOf } from './run.ts'

/** What the report says of a run from its start on. */
export function describeRun({
  config,
  data,
  folder,
}: Pick<Run, 'config' | 'data' | 'folder'>): RunDescription {
  const { dtype, batchSize } = config
  const initial = isFullyConnected(config) ? undefined : createNetwork(config, data, createRng(config.seed))
  const outputs = initial ? outputShapeOf(initial) : config.layers?.slice(-1)
  return {
    name: folder === undefined ? reportTexts().notSaved : basename(resolve(folder)),
    network: [networkLabel(config), dtype].join(runTexts().summary.separator),
    dataset: datasetLabel(data),
    ...{ test: data.test, height: data.height, width: data.width },
    classes: Math.max(data.classes, ...(outputs ?? [])),
    initialFilters: initial && filtersOf(initial),
    stepsPerEpoch: stepsPerEpoch(data.train.t.length, batchSize),
    configuration: configurationFacts(config),
    machine: machineFacts(config),
    commandLine: trainCommand(config),
  }
}

/** `batchSize: 100` as `batch size` and 100. */
const configurationFacts = (config: Config): Facts =>
  Object.fromEntries(
    Object.entries(config).map(([key, value]) => [
      key.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
      Array.isArray(value)
        ? value.join('-')
        : typeof value === 'boolean'
          ? value
            ? reportTexts().yes
            : reportTexts().no
          : typeof value === 'object'
            ? JSON.stringify(value)
            : value,
    ]),
  )

function machineFacts({ backend, threads }: Pick<Config, 'backend' | 'threads'>): Facts {
  const { machine } = reportTexts()
  return {
    [machine.processor]: cpus()[0]?.model.trim() || process.arch,
    [machine.cores]: availableParallelism(),
    [machine.system]: `${type()} ${release()}, ${process.arch}`,
    'Node.js': process.version,
    [machine.backend]: backend,
    [machine.threads]: threads,
    'gosa-trainer': manifest.version,
  }
}

/** The report of a run that has ended, as far as it came, of a new model with the weights that are saved. */
function reportData(run: Run, outcome: TrainingOutcome, { losses, epochs }: RunHistory): ReportData {
  const { config } = run
  const { state, iterations, ...ending } = summarizeOutcome(outcome, config.iterations)
  const lastEpoch = outcome.kind === 'done' ? Infinity : ending.iteration
  return {
    ...describeRun(run),
    ...ending,
    model: restoreNetwork(config, run.data, state),
    epochs: epochs.filter(({ iteration }) => iteration <= lastEpoch),
    batches: losses.points(),
    samplesPerSecond: outcome.samplesPerSecond,
    commandLine: trainCommand(shortenedConfig(config, iterations)),
    weightsSha256: weightsSha256(state.weights),
    date: new Date(),
  }
}

/**
 * Shows the report of a run that has ended on the live page, and writes it into the run's folder, in place of an older one.
 * Returns the path of the file; undefined if the run is not saved.
 */
export async function writeReport(
  run: Run,
  outcome: TrainingOutcome,
  { history, live }: { history: RunHistory; live?: Live },
): Promise<string | undefined> {
  if (!live && (run.folder === undefined || run.isComplete))
    return run.folder && join(run.folder, REPORT_FILE)
  const report = createReport(reportData(run, outcome, history))
  live?.finish(report)
  if (run.folder === undefined) return undefined
  const file = join(run.folder, REPORT_FILE)
  if (!run.isComplete) await writeFileAtomic(file, reportPage(report.title, reportBody(report)).text)
  return file
}

/** How a run ended, and with which weights. */
interface OutcomeSummary extends Pick<ReportData, 'warning' | 'iteration'> {
  readonly status: string
  readonly state: Pick<TrainingState, 'weights' | 'buffers'>
  /** The number of iterations after which a run with the same configuration ends with these weights; 0: before the first. */
  readonly iterations: number
}

function summarizeOutcome(outcome: TrainingOutcome, iterations: number): OutcomeSummary {
  const texts = reportTexts()
  const { status } = texts
  switch (outcome.kind) {
    case 'done':
      return {
        status: outcome.stoppedEarly ? status.stoppedEarly : status.done,
        state: outcome.result,
        iteration: outcome.result.iteration,
        iterations,
      }
    case 'interrupted': {
      const { state } = outcome
      const { iteration } = state
      const warning = texts.stopped(formatCount(iteration), formatCount(iterations))
      return { status: status.interrupted, warning, state, iteration, iterations: iteration }
    }
    case 'diverged': {
      const state = bestOrLatest(outcome.lastGood)
      const { iteration } = state
      const warning = texts.diverged(outcome.what, formatCount(outcome.iteration), formatCount(iteration))
      return { status: status.failed, warning, state, iteration, iterations: iteration }
    }
  }
}

/** The configuration of a run that ends earlier on the same path: a cosine that falls to the end keeps its length. */
function shortenedConfig(config: Config, iterations: number): Config {
  if (iterations === 0 || iterations === config.iterations) return config
  const { cosineSteps } = config.schedule === 'cosine' ? scheduleOf(config) : config
  return { ...config, iterations, cosineSteps }
}
