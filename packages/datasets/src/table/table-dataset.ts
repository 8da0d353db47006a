/** A table as samples for training and testing: columns chosen, rows split, features standardized or one-hot. */
import { type DType, type Rng, type Tensor, zeros } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { type RandomOptions, rngFrom } from '../arguments.ts'
import { DataError } from '../errors.ts'
import { splitIndices } from '../preprocess.ts'
import type { Samples } from '../samples.ts'
import { encodeClasses, encodedNames, encodeNumbers, featureEncoder } from './encode.ts'
import { categoryEntries, columnName, findColumn, numberEntries } from './entries.ts'
import { type Fill, learnCategory, learnClasses, learnNumber, learnNumberTarget } from './learn.ts'
import type { CategoryFeature, NumberFeature, TablePreprocessing } from './preprocessing.ts'
import type { Table, TableColumn } from './table.ts'

/** How a table becomes samples. */
export interface TableDatasetOptions extends RandomOptions {
  /** The column to predict: its name, or its index from 0 (−1 is the last). */
  target: string | number
  /** Whether the target is one of several classes, numbers or texts, or a number on a scale. */
  task: 'classification' | 'regression'
  /** The names of the columns to predict from; all others than the target by default. */
  features?: readonly string[]
  /** The names of features that are categories although they hold numbers, such as postal codes. */
  categories?: readonly string[]
  /**
   * What replaces missing values of features; by default they are refused. `mean` or `median` of the training part, where
   * columns of texts take the most frequent one, or a value by the name of the column: `{ age: 30, city: 'unknown' }`.
   */
  fill?: Fill
  /** `keep`: columns of equal values become 0; by default they are refused, since nothing is learnt from them. */
  constant?: 'keep'
  /** `zeros`: a category that the training part does not have gives zeros; by default it is refused. */
  unseen?: 'zeros'
  /** The fraction of rows for validation; 0 by default. */
  validation?: number
  /** The fraction of rows for testing; 0.2 by default. */
  test?: number
  /** The dtype of x, and of t for regression; `float32` by default. */
  dtype?: DType
}

/** A table as samples. t holds class indices (N), or standardized numbers (N, 1) for regression. */
export interface TableDataset<T extends Int32Array | Tensor = Int32Array | Tensor> {
  readonly train: Samples<T>
  readonly validation: Samples<T>
  readonly test: Samples<T>
  /** The names of the D columns of x: of a feature, or `feature=category`. */
  readonly names: readonly string[]
  /** The names of the classes; empty for regression. */
  readonly classes: readonly string[]
  /** How other rows become samples in the same way: plain JSON, for `encodeFeatures` and for model files. */
  readonly preprocessing: TablePreprocessing
}

const KNOWN = [
  ...([
    'target',
    'task',
    'features',
    'categories',
    'fill',
    'constant',
    'unseen',
    'validation',
    'test',
    'dtype',
  ] as const),
  ...(['seed', 'rng'] as const),
] as const

/**
 * Splits the rows of a table into training, validation and test parts, and encodes them: a column of numbers gives a column
 * of x with mean 0 and standard deviation 1 in the training part, a column of texts one column for each of its categories
 * ("one-hot"). Everything is learnt from the training part alone. Rows are drawn at random; for classification each class is
 * divided in proportion.
 *
 * Throws a `RangeError` for a column that is not there and fractions that do not fit, and a `DataError`, with column and
 * where possible line, for an empty table, a missing value that is not to be filled, a text among numbers, a column of
 * equal values, a category that the training part does not have, a target of one class, and more than 1000 categories.
 */
export function tableDataset(
  table: Table,
  options: TableDatasetOptions & { task: 'classification' },
): TableDataset<Int32Array>
export function tableDataset(
  table: Table,
  options: TableDatasetOptions & { task: 'regression' },
): TableDataset<Tensor>
export function tableDataset(table: Table, options: TableDatasetOptions): TableDataset
export function tableDataset(table: Table, options: TableDatasetOptions): TableDataset {
  const {
    task,
    validation = 0,
    test = 0.2,
    dtype = 'float32',
  } = checkOptions('tableDataset', options, KNOWN, ['target', 'task'])
  if (task !== 'classification' && task !== 'regression') {
    throw new RangeError(
      `tableDataset: task must be 'classification' or 'regression', not ${JSON.stringify(task)}`,
    )
  }
  if (table.rows === 0) throw new DataError('value', 'the table holds no rows', { file: table.file })
  const rng = rngFrom('tableDataset', options)
  const { target, features } = chooseColumns(table, options)
  const prepared = prepareTarget(table, target, task, dtype)
  const parts = splitRows(table.rows, [1 - validation - test, validation, test], rng, prepared.classes)
  const { encode, ...learnt } = prepared.learn(parts[0])
  const preprocessing: TablePreprocessing = {
    features: features.map((feature) => learnFeature(table, feature, parts[0], options)),
    target: learnt.target,
  }
  const names = encodedNames(preprocessing)
  const xs = parts.map((rows) => zeros([rows.length, names.length], { dtype }))
  let offset = 0
  preprocessing.features.forEach((feature, i) => {
    const encodeRows = featureEncoder(feature, table, features[i].column)
    let width = 0
    parts.forEach((rows, part) => {
      width = encodeRows(rows, xs[part], offset)
    })
    offset += width
  })
  const [train, validationPart, testPart] = parts.map((rows, part) => ({ x: xs[part], t: encode(rows) }))
  const classes = learnt.target.kind === 'class' ? learnt.target.classes : []
  return { train, validation: validationPart, test: testPart, names, classes, preprocessing }
}

/** A column that takes part, and its name. */
interface NamedColumn {
  readonly name: string
  readonly column: TableColumn
}

function chooseColumns(table: Table, { target, features, categories = [] }: TableDatasetOptions) {
  const names = table.columns.map(columnName)
  const targetName = typeof target === 'number' ? names[target < 0 ? target + names.length : target] : target
  if (targetName === undefined) {
    throw new RangeError(`tableDataset: there is no column ${target} of the ${names.length}`)
  }
  const chosen = features ?? names.filter((name) => name !== targetName)
  if (chosen.length === 0) throw new RangeError('tableDataset: there is no feature to predict from')
  if (chosen.includes(targetName)) {
    throw new RangeError(`tableDataset: the target ${JSON.stringify(targetName)} cannot be a feature as well`)
  }
  const find = (name: string): NamedColumn => ({ name, column: findColumn('tableDataset', table, name) })
  const unknown = categories.find((name) => !chosen.includes(name))
  if (unknown !== undefined) {
    throw new RangeError(`tableDataset: ${JSON.stringify(unknown)} of categories is not one of the features`)
  }
  return { target: find(targetName), features: chosen.map(find) }
}

/** What is to be predicted: the class of each row, if it has one, and what is learnt from the training part. */
function prepareTarget(
  table: Table,
  { name, column }: NamedColumn,
  task: TableDatasetOptions['task'],
  dtype: DType,
): {
  classes?: Int32Array
  learn: (rows: Int32Array) => Pick<TablePreprocessing, 'target'> & {
    encode: (rows: Int32Array) => Int32Array | Tensor
  }
} {
  if (task === 'classification') {
    const entries = categoryEntries(column)
    const target = learnClasses(table, name, entries)
    return {
      classes: entries.codes,
      learn: () => ({ target, encode: (rows) => encodeClasses(target, table, entries, rows) }),
    }
  }
  const numbers = numberEntries(table, name, column)
  return {
    learn: (rows) => {
      const target = learnNumberTarget({ table, name, rows }, numbers)
      return { target, encode: (part) => encodeNumbers(target, table, numbers, part, dtype) }
    },
  }
}

/** The rows of the training, validation and test part. Throws a `RangeError` for fractions that do not fit. */
function splitRows(
  rows: number,
  fractions: readonly number[],
  rng: Rng,
  classes: Int32Array | undefined,
): Int32Array[] {
  const [train, validation, test] = fractions
  if (!(validation >= 0 && test >= 0 && train > 0)) {
    throw new RangeError(
      `tableDataset: validation and test must be fractions from 0 that leave rows for training, not ${validation} and ${test}`,
    )
  }
  // In the order of the table, which is also that of memory.
  const parts = splitIndices(rows, fractions, rng, classes).map((part) => part.slice().sort())
  const empty = ['training', 'validation', 'test'].filter((_, i) => fractions[i] > 0 && parts[i].length === 0)
  if (empty.length === 0) return parts
  throw new RangeError(
    `tableDataset: ${rows} rows are too few: there is none for the ${empty.join(' and the ')} part`,
  )
}

function learnFeature(
  table: Table,
  { name, column }: NamedColumn,
  rows: Int32Array,
  { categories = [], ...options }: TableDatasetOptions,
): NumberFeature | CategoryFeature {
  const isCategory = categories.includes(name) || (column.counts.texts > 0 && column.counts.numbers === 0)
  return isCategory
    ? learnCategory({ table, name, rows }, categoryEntries(column), options)
    : learnNumber({ table, name, rows }, numberEntries(table, name, column), options)
}
