/** The options of runs on tables: their defaults, what fits, and what `tableDataset` is told. */
import { type CommandContext, failure, shellWord, usageError } from '@gosa/cli-kit'
import { DataError, type Table, type TableDataset, tableDataset } from '@gosa/datasets'
import { stepsPerEpoch } from '@gosa/training'
import { flagOf, type OptionKey, type TrainOptions } from '../options/option-table.ts'
import { checkDependencies } from '../options/validate.ts'

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
  'network',
  'dropout',
  'batchNorm',
]

/** The defaults of tables, which are smaller than sets of images, where they are not those of images. */
const TABLE_DEFAULTS = {
  batchSize: 32,
  sampling: 'epochs',
  optimizer: 'adam',
  weightInitStd: undefined,
} as const
const DEFAULT_EPOCHS = 100

/** The options of a run on a table: where none is given, the defaults of tables. */
export function withTableDefaults({
  options,
  given,
}: Pick<CommandContext<TrainOptions>, 'options' | 'given'>) {
  const defaults = Object.entries(TABLE_DEFAULTS).filter(([key]) => !given.has(key))
  return { ...options, ...Object.fromEntries(defaults) } as Omit<TrainOptions, 'weightInitStd'> &
    Partial<Pick<TrainOptions, 'weightInitStd'>>
}

/** Throws a usage `CommandError` if options are missing, or do not fit a table or each other. */
export function checkTableOptions(options: ReturnType<typeof withTableDefaults>, given: ReadonlySet<string>) {
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

/** The sizes of all layers. Throws a usage `CommandError` if those that are given do not fit the table. */
export function layersOf(
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

/** The number of steps. */
export const iterationsOf = (
  {
    iterations,
    epochs = DEFAULT_EPOCHS,
    batchSize,
  }: Pick<TrainOptions, 'iterations' | 'epochs' | 'batchSize'>,
  rows: number,
): number => iterations ?? epochs * stepsPerEpoch(rows, batchSize)

/** The options of a run, with the layers and the length that it has. */
export type TableConfig = ReturnType<typeof withTableDefaults> & { layers: number[]; iterations: number }

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
