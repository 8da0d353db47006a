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
import {
  type CommandContext,
  ExitCode,
  failure,
  shellWord,
  usageError,
  useBackend,
  writeFileAtomic,
} from '@gosa/cli-kit'
import { DataError, type Table, type TableDataset, tableDataset } from '@gosa/datasets'
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
import { flagOf, type OptionKey, optionEntries, type TrainOptions } from '../options/option-table.ts'
import { checkDependencies } from '../options/validate.ts'
import { createRunFolder, REPORT_FILE, writeTableConfig } from '../run-folder/run-folder.ts'
import { scoreTable, type TableScores } from './score-table.ts'
import { readTable, tableName } from './table-file.ts'
import { createTableNetwork, encodeTableModel, outputsOf, type TableModel } from './table-model.ts'
import { tableReportPage } from './table-report.ts'

/** Options of runs on images that a table does not have. */
const IMAGE_OPTIONS: readonly OptionKey[] = [
  'dataDir',
  'trainSize',
  'testSize',
  'book',
  'checkpointEvery',
  'resume',
  'sweep',
  'live',
]

/** The defaults of tables, which are smaller than sets of images, where they are not those of images. */
const TABLE_DEFAULTS = {
  batchSize: 32,
  sampling: 'epochs',
  optimizer: 'adam',
  weightInitStd: undefined,
} as const
const DEFAULT_EPOCHS = 100

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
  if (folder) await writeTableConfig(folder, config)
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

/** How the file of a table is read. */
export const tableFileOptions = ({ delimiter, decimal }: Pick<TrainOptions, 'delimiter' | 'decimal'>) => ({
  delimiter: delimiter === 'tab' ? '\t' : delimiter,
  decimal,
})

/** What both `train` and `evaluate` make of a table. */
export function datasetOf(
  table: Table,
  options: Pick<
    TrainOptions,
    'features' | 'categories' | 'fill' | 'constant' | 'unseen' | 'validation' | 'seed' | 'dtype'
  > & {
    target: string
    task: 'classification' | 'regression'
  },
): TableDataset {
  const { target, task, features, categories, fill, constant, unseen, validation, seed, dtype } = options
  try {
    return tableDataset(table, {
      target,
      task,
      features,
      categories,
      fill,
      constant,
      unseen,
      validation,
      seed,
      dtype,
    })
  } catch (error) {
    if (error instanceof DataError) throw failure(error.message, { cause: error })
    if (error instanceof RangeError)
      throw usageError(error.message.replace(/^tableDataset: /, ''), { cause: error })
    throw error
  }
}

function withTableDefaults({ options, given }: TableContext) {
  const defaults = Object.entries(TABLE_DEFAULTS).filter(([key]) => !given.has(key))
  return { ...options, ...Object.fromEntries(defaults) } as Omit<TrainOptions, 'weightInitStd'> &
    Partial<Pick<TrainOptions, 'weightInitStd'>>
}

function checkTableOptions(options: ReturnType<typeof withTableDefaults>, given: ReadonlySet<string>) {
  const { target, task, data } = options
  const other = IMAGE_OPTIONS.find((key) => given.has(key))
  if (other) throw usageError(`${flagOf(other)} cannot be used with a table`)
  if (target === undefined)
    throw usageError(
      `--data ${shellWord(data)} is a table: say with --target which column is to be predicted`,
    )
  if (task === undefined) {
    throw usageError('--task is missing: classification predicts one of several classes, regression a number')
  }
  if (options.bestBy === 'accuracy' && task === 'regression') {
    throw usageError('--best-by accuracy needs --task classification')
  }
  checkDependencies(options as TrainOptions, given)
  return { target, task }
}

function layersOf(
  { layers, hidden }: Pick<TrainOptions, 'layers' | 'hidden'>,
  inputs: number,
  outputs: number,
): number[] {
  if (layers === undefined) return [inputs, hidden, outputs]
  if (layers[0] === inputs && layers[layers.length - 1] === outputs) return layers
  throw usageError(
    `--layers ${layers.join(',')}: for this table it must begin with ${inputs}, the inputs, and end with ${outputs}, the outputs`,
  )
}

const iterationsOf = (
  {
    iterations,
    epochs = DEFAULT_EPOCHS,
    batchSize,
  }: Pick<TrainOptions, 'iterations' | 'epochs' | 'batchSize'>,
  rows: number,
): number => iterations ?? epochs * stepsPerEpoch(rows, batchSize)

const rowCounts = ({ train, validation, test }: TableDataset): string =>
  [
    `${formatCount(train.x.shape[0])} for training`,
    validation.x.shape[0] > 0 && `${formatCount(validation.x.shape[0])} for validation`,
    `${formatCount(test.x.shape[0])} for testing`,
  ]
    .filter(Boolean)
    .join(', ')

type TableConfig = ReturnType<typeof withTableDefaults> & { layers: number[]; iterations: number }

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

/** The scores as lines for people. */
export const scoreLines = (scores: TableScores, rows: string): string[] =>
  scores.kind === 'class'
    ? [
        `accuracy   ${formatAccuracy(scores.accuracy)} on ${formatCount(scores.count)} ${rows}`,
        `loss       ${formatLoss(scores.loss)}`,
        ...(Number.isNaN(scores.rocAuc) ? [] : [`ROC area   ${formatSignificant(scores.rocAuc, 4)}`]),
      ]
    : [
        `R²         ${formatSignificant(scores.r2, 4)} on ${formatCount(scores.count)} ${rows}`,
        `RMSE       ${formatSignificant(scores.rmse, 4)}`,
        `mean abs.  ${formatSignificant(scores.meanAbsoluteError, 4)}`,
      ]

/** The scores for programs, under names that begin with `prefix`. */
export function scoreValues(scores: TableScores, prefix: string): Record<string, unknown> {
  const named = (name: string) => (prefix ? `${prefix}${name[0].toUpperCase()}${name.slice(1)}` : name)
  const { kind, count, ...rest } = scores
  const shown =
    kind === 'class'
      ? { accuracy: scores.accuracy, loss: scores.loss, rocAuc: scores.rocAuc }
      : { r2: scores.r2, rmse: scores.rmse, meanAbsoluteError: scores.meanAbsoluteError }
  const confusion = 'confusion' in rest ? { confusion: rest.confusion } : {}
  return {
    ...Object.fromEntries(Object.entries(shown).map(([name, value]) => [named(name), value])),
    count,
    ...confusion,
  }
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
    Object.entries(config)
      .filter(([key, value]) => value !== undefined && key !== 'out' && key !== 'hidden')
      .map(([key, value]) => [key, Array.isArray(value) ? value.join(', ') : String(value)]),
  )
