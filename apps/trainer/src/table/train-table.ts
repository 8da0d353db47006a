/** `gosa-trainer train --data FILE.csv`: a run on a table, from the file to the model and its report. */
import { join, resolve } from 'node:path'
import {
  formatAccuracy,
  formatCount,
  formatDuration,
  formatEpoch,
  formatLoss,
  formatSignificant,
} from '@gosa/charts/text'
import { type CommandContext, ExitCode, failure, shellWord, useBackend, writeFileAtomic } from '@gosa/cli-kit'
import type { TableDataset } from '@gosa/datasets'
import { createRng } from '@gosa/linalg'
import {
  DivergenceError,
  type EpochResult,
  fit,
  optimizerDefaults,
  stepsPerEpoch,
  weightsOf,
} from '@gosa/training'
import { MODEL_FILE, weightsSha256 } from '../model/model.ts'
import { flagOf, optionEntries, type TrainOptions } from '../options/option-table.ts'
import { createRunFolder, REPORT_FILE, writeTableConfig } from '../run-folder/run-folder.ts'
import { scoreTable } from './score-table.ts'
import { scoreLines, scoreValues } from './show-scores.ts'
import { readTable, tableName } from './table-file.ts'
import { createTableNetwork, encodeTableModel, outputsOf, type TableModel } from './table-model.ts'
import {
  checkTableOptions,
  datasetOf,
  iterationsOf,
  layersOf,
  type TableConfig,
  tableFileOptions,
  withTableDefaults,
} from './table-options.ts'
import { tableReportPage } from './table-report.ts'

/** The number of epochs that are shown. */
const MAX_SHOWN_EPOCHS = 10

type TableContext = Pick<CommandContext<TrainOptions>, 'options' | 'given' | 'output'>

/** Trains on a table. Throws a `CommandError` if options or table do not fit; nothing is written then. */
export async function trainTable(context: TableContext, signal: AbortSignal): Promise<ExitCode> {
  const start = performance.now()
  const { given, output } = context
  const options = withTableDefaults(context)
  const { target, task } = checkTableOptions(options, given)
  useBackend(options)
  output.progress(`reading ${options.data}`)
  const table = await readTable(options.data, tableFileOptions(options))
  const dataset = datasetOf(table, { ...options, target, task })
  const { train, test, names, preprocessing } = dataset
  const sizes = layersOf(options, names.length, outputsOf(preprocessing.target))
  const { activation, dtype, seed } = options
  const init = options.weightInitStd ?? (activation === 'relu' ? 'he' : 'xavier')
  const rng = createRng(seed)
  const network = createTableNetwork({ sizes, activation, target: preprocessing.target, init, rng, dtype })
  const model: TableModel = { network, activation, preprocessing }
  const folder =
    options.out === false ? undefined : await createRunFolder(options.out, tableName(options.data))
  const config = {
    ...options,
    data: resolve(options.data),
    layers: sizes,
    iterations: iterationsOf(options, train.x.shape[0]),
  }
  if (folder) await writeTableConfig(folder, { ...config, checkpointEvery: undefined })
  const description = `${sizes.join('-')}, ${activation}, ${dtype}`
  output.detail(
    `table      ${options.data}: ${formatCount(table.rows)} rows, ${formatCount(names.length)} inputs`,
  )
  output.detail(`network    ${description}`)
  output.detail(`rows       ${rowCounts(dataset)}`)
  const { history, endedBy, iteration } = await trainNetwork(model, dataset, { config, rng, signal, output })
  const scores = scoreTable(model, test)
  const seconds = (performance.now() - start) / 1000
  const sha256 = weightsSha256(weightsOf(network))
  if (folder) {
    await writeFileAtomic(join(folder, MODEL_FILE), encodeTableModel(model, iteration))
    const page = tableReportPage({
      ...{ name: tableName(options.data), network: description, preprocessing, history, scores },
      commandLine: commandLineOf(context),
      configuration: configurationOf(config),
    })
    await writeFileAtomic(join(folder, REPORT_FILE), page)
  }
  output.detail()
  for (const line of scoreLines(scores, 'test rows')) output.result(line)
  output.detail(`time       ${formatDuration(seconds)} in total`)
  output.result(`model      ${folder ? join(folder, MODEL_FILE) : 'not saved (--no-out)'}`)
  if (folder) output.detail(`report     ${join(folder, REPORT_FILE)}`)
  if (folder)
    output.value({
      event: 'saved',
      out: folder,
      model: join(folder, MODEL_FILE),
      report: join(folder, REPORT_FILE),
    })
  output.value({
    event: 'done',
    task,
    ...scoreValues(scores, 'test'),
    iterations: iteration,
    ...(config.patience && { stoppedEarly: endedBy === 'patience' }),
    seconds,
    weightsSha256: sha256,
  })
  return endedBy === 'signal' ? ExitCode.interrupted : ExitCode.success
}

const rowCounts = ({ train, validation, test }: TableDataset): string =>
  [
    `${formatCount(train.x.shape[0])} for training`,
    validation.x.shape[0] > 0 && `${formatCount(validation.x.shape[0])} for validation`,
    `${formatCount(test.x.shape[0])} for testing`,
  ]
    .filter(Boolean)
    .join(', ')

async function trainNetwork(
  { network }: TableModel,
  { train, validation }: TableDataset,
  {
    config,
    rng,
    signal,
    output,
  }: {
    config: TableConfig
    rng: ReturnType<typeof createRng>
    signal: AbortSignal
    output: TableContext['output']
  },
): Promise<{ history: readonly EpochResult[]; endedBy: string; iteration: number }> {
  const { iterations, batchSize, optimizer, clipNorm, sampling, patience, bestBy } = config
  const defaults = optimizerDefaults(optimizer)
  const isClass = !('shape' in train.t)
  const epochs = Math.ceil(iterations / stepsPerEpoch(train.x.shape[0], batchSize))
  const every = Math.ceil(epochs / MAX_SHOWN_EPOCHS)
  output.detail()
  try {
    const { history, endedBy, state } = await fit(network as never, train, {
      ...{ iterations, batchSize, optimizer, clipNorm, sampling, rng, signal, patience },
      learningRate: config.learningRate ?? defaults.learningRate,
      weightDecay: config.weightDecay ?? defaults.weightDecay,
      schedule: scheduleOptions(config),
      ...(validation.x.shape[0] > 0 && { validation, metrics: isClass ? ['accuracy'] : ['r2'] }),
      ...(patience && { bestBy }),
      onEpoch: (result) => {
        output.value({ event: 'epoch', ...result })
        if (Math.round(result.epoch) % every === 0) output.detail(epochLine(result))
      },
    })
    return { history, endedBy, iteration: state.iteration }
  } catch (error) {
    if (!(error instanceof DivergenceError)) throw error
    throw failure(`training failed: ${error.message.replace(/^fit: /, '')}; try a smaller --learning-rate`, {
      cause: error,
    })
  }
}

const scheduleOptions = ({
  schedule,
  warmUp,
  stepEvery,
  stepFactor,
  cosineSteps,
  cosineFloor,
}: TableConfig) => ({
  ...{ schedule, warmUp, stepFactor, cosineFloor },
  ...(stepEvery !== undefined && { stepEvery }),
  ...(cosineSteps !== undefined && { cosineSteps }),
})

function epochLine({ epoch, loss, validation }: EpochResult): string {
  const { loss: validationLoss, accuracy, r2 } = validation ?? {}
  return [
    `epoch ${formatEpoch(epoch).padStart(5)}   loss ${formatLoss(loss)}`,
    validationLoss !== undefined && `validation loss ${formatLoss(validationLoss)}`,
    accuracy !== undefined && `accuracy ${formatAccuracy(accuracy)}`,
    r2 !== undefined && `R² ${formatSignificant(r2, 4)}`,
  ]
    .filter(Boolean)
    .join('   ')
}

/** The command that repeats the run. */
function commandLineOf({ options, given }: TableContext): string {
  const typed = optionEntries().filter(([key]) => given.has(key) && key !== 'out')
  const flags = typed.flatMap(([key]) =>
    [options[key]].flat().map((value) => `${flagOf(key)} ${shellWord(String(value))}`),
  )
  return ['gosa-trainer train', ...flags].join(' ')
}

const configurationOf = (config: TableConfig): Record<string, string> =>
  Object.fromEntries(
    optionEntries()
      .filter(([key, { scope = 'run' }]) => scope === 'run' && key in config)
      .map(([key]) => [key, config[key as keyof TableConfig]] as const)
      .filter(([, value]) => value !== undefined)
      .map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : String(value)]),
  )
