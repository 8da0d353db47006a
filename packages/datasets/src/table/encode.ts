/** Rows of a table as numbers, by the description that was learnt from the training part, and predictions back. */
import { argmax, type DType, showShape, Tensor, zeros } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { type NamedValues, tableFromRows } from './create-table.ts'
import { type CategoryEntries, categoryEntries, entryError, findColumn, numberEntries } from './entries.ts'
import type {
  CategoryFeature,
  ClassTarget,
  NumberFeature,
  NumberTarget,
  TablePreprocessing,
} from './preprocessing.ts'
import type { Table, TableColumn } from './table.ts'

/** Rows that are to be encoded: a table, or one or more objects of named values. */
export type Rows = Table | NamedValues | readonly NamedValues[]

/** The names of the columns of x: of a feature, or `feature=category`. */
export function encodedNames(preprocessing: Pick<TablePreprocessing, 'features'>): string[] {
  checkPreprocessing('encodedNames', preprocessing, 'features')
  return preprocessing.features.flatMap((feature) =>
    feature.kind === 'number'
      ? [feature.name]
      : feature.categories.map((category) => `${feature.name}=${category}`),
  )
}

/** Throws a `TypeError` unless this is the part of a preprocessing that a function needs. */
function checkPreprocessing(
  caller: string,
  preprocessing: Partial<TablePreprocessing>,
  part: 'features' | 'target',
): void {
  const value = preprocessing?.[part]
  if (part === 'features' ? Array.isArray(value) : ['class', 'number'].includes((value as ClassTarget)?.kind))
    return
  throw new TypeError(
    `${caller}: preprocessing must be that of a tableDataset, not ${showValue(preprocessing)} without ${part}`,
  )
}

/**
 * Returns rows as x (N, D), treated as those of the training part were: columns are found by their names, others are not
 * looked at.
 *
 * Throws a `RangeError` for a column that is not there, and a `DataError` with column and line for a missing value that is
 * not to be filled, a text in a column of numbers, and a category that the training part does not have.
 */
export function encodeFeatures(
  preprocessing: Pick<TablePreprocessing, 'features'>,
  rows: Rows,
  options?: { dtype?: DType },
): Tensor {
  const { dtype = 'float32' } = checkOptions('encodeFeatures', options, ['dtype'])
  checkPreprocessing('encodeFeatures', preprocessing, 'features')
  const { features } = preprocessing
  const table = toTable(
    rows,
    features.map(({ name }) => name),
  )
  const x = zeros([table.rows, encodedNames({ features }).length], { dtype })
  const all = Int32Array.from({ length: table.rows }, (_, row) => row)
  let offset = 0
  for (const feature of features) {
    const column = findColumn('encodeFeatures', table, feature.name)
    offset += featureEncoder(feature, table, column)(all, x, offset)
  }
  return x
}

/**
 * Returns the target of rows as t: class indices (N), or standardized numbers (N, 1).
 *
 * Throws as `encodeFeatures` does, and for a class that is not known.
 */
export function encodeTargets(
  preprocessing: Pick<TablePreprocessing, 'target'>,
  rows: Rows,
  options?: { dtype?: DType },
): Int32Array | Tensor {
  const { dtype = 'float32' } = checkOptions('encodeTargets', options, ['dtype'])
  checkPreprocessing('encodeTargets', preprocessing, 'target')
  const { target } = preprocessing
  const table = toTable(rows, [target.name])
  const column = findColumn('encodeTargets', table, target.name)
  const all = Int32Array.from({ length: table.rows }, (_, row) => row)
  return target.kind === 'class'
    ? encodeClasses(target, table, categoryEntries(column), all)
    : encodeNumbers(target, table, numberEntries(table, target.name, column), all, dtype)
}

/**
 * Returns what predictions mean: of a class target the names of the classes, for class indices (N) or for logits or
 * probabilities (N, classes), of which the largest counts; of a number target the values (N) in its own unit, for y (N, 1).
 *
 * Throws a `RangeError` for another shape, or an index that is no class.
 */
export function decodeTargets(
  preprocessing: Pick<TablePreprocessing, 'target'>,
  predictions: Tensor | Uint8Array | Int32Array,
): string[] | Float64Array {
  checkPreprocessing('decodeTargets', preprocessing, 'target')
  const { target } = preprocessing
  if (target.kind === 'number') {
    if (!(predictions instanceof Tensor) || predictions.size !== predictions.shape[0]) {
      throw new RangeError(`decodeTargets: predictions of ${target.name} must be a tensor of shape (N, 1)`)
    }
    return Float64Array.from(predictions.data, (value) => value * target.std + target.mean)
  }
  const { classes } = target
  const indices = predictions instanceof Tensor ? largestOfRows(predictions, classes.length) : predictions
  return Array.from(indices, (index, n) => {
    if (index >= 0 && index < classes.length) return classes[index]
    throw new RangeError(`decodeTargets: ${index} of row ${n} is not one of the ${classes.length} classes`)
  })
}

function largestOfRows(predictions: Tensor, classes: number): Int32Array {
  const { shape } = predictions
  if (shape.length !== 2 || shape[1] !== classes) {
    throw new RangeError(
      `decodeTargets: predictions have shape ${showShape(shape)}, but (N, ${classes}) is needed for ${classes} classes`,
    )
  }
  return shape[0] === 0 ? new Int32Array(0) : argmax(predictions, { axis: 1 })
}

function toTable(rows: Rows, names: readonly string[]): Table {
  if (typeof rows !== 'object' || rows === null) {
    throw new TypeError(`rows must be a table or objects of named values, not ${showValue(rows)}`)
  }
  if (isTable(rows)) return rows
  return tableFromRows(isList(rows) ? rows : [rows], { names })
}

const isTable = (rows: Rows): rows is Table => Array.isArray((rows as Table).columns)

const isList = (rows: Rows): rows is readonly NamedValues[] => Array.isArray(rows)

/** Writes a feature of some rows to x, from column `offset` on; returns how many columns it takes. */
type EncodeRows = (rows: Int32Array, x: Tensor, offset: number) => number

/** Returns what encodes a feature, having read its column once. */
export function featureEncoder(
  feature: NumberFeature | CategoryFeature,
  table: Table,
  column: TableColumn,
): EncodeRows {
  return feature.kind === 'number'
    ? numberEncoder(feature, table, numberEntries(table, feature.name, column))
    : categoryEncoder(feature, table, categoryEntries(column))
}

function numberEncoder(
  { name, mean, std, fill }: NumberFeature,
  table: Table,
  numbers: Float64Array,
): EncodeRows {
  return (rows, { data, shape }, offset) => {
    for (let n = 0; n < rows.length; n++) {
      const value = numbers[rows[n]]
      const filled = Number.isNaN(value) ? fill : value
      if (filled === undefined) throw missingEntry(table, rows[n], name)
      data[n * shape[1] + offset] = (filled - mean) / std
    }
    return 1
  }
}

function categoryEncoder(
  { name, categories, fill, unseen }: CategoryFeature,
  table: Table,
  { values, codes }: CategoryEntries,
): EncodeRows {
  const indexOf = new Map(categories.map((category, i) => [category, i]))
  const indices = values.map((value) => indexOf.get(String(value)) ?? -1)
  const filled = fill === undefined ? -1 : (indexOf.get(fill) ?? -1)
  return (rows, { data, shape }, offset) => {
    for (let n = 0; n < rows.length; n++) {
      const code = codes[rows[n]]
      if (code < 0 && filled < 0) throw missingEntry(table, rows[n], name)
      const index = code < 0 ? filled : indices[code]
      if (index >= 0) data[n * shape[1] + offset + index] = 1
      else if (unseen !== 'zeros') {
        const found = JSON.stringify(String(values[code]).slice(0, 40))
        const message = `${found} is not one of the ${categories.length} categories of the training part; unseen: 'zeros' allows for it`
        throw entryError(table, rows[n], name, message)
      }
    }
    return categories.length
  }
}

const missingEntry = (table: Table, row: number, name: string) =>
  entryError(
    table,
    row,
    name,
    'a value is missing: fill it in, remove the row, or train with the option fill',
  )

/** Class indices (rows.length) of a target. */
export function encodeClasses(
  { name, classes }: ClassTarget,
  table: Table,
  { values, codes }: CategoryEntries,
  rows: Int32Array,
): Int32Array {
  const indexOf = new Map(classes.map((label, i) => [label, i]))
  const indices = values.map((value) => indexOf.get(String(value)))
  return rows.map((row) => {
    if (codes[row] < 0) throw entryError(table, row, name, 'the class is missing')
    const index = indices[codes[row]]
    if (index !== undefined) return index
    const found = JSON.stringify(String(values[codes[row]]).slice(0, 40))
    throw entryError(table, row, name, `${found} is not one of the ${classes.length} classes`)
  })
}

/** Standardized numbers (rows.length, 1) of a target. */
export function encodeNumbers(
  { name, mean, std }: NumberTarget,
  table: Table,
  numbers: Float64Array,
  rows: Int32Array,
  dtype: DType,
): Tensor {
  const t = zeros([rows.length, 1], { dtype })
  rows.forEach((row, n) => {
    if (Number.isNaN(numbers[row])) throw entryError(table, row, name, 'the value is missing')
    t.data[n] = (numbers[row] - mean) / std
  })
  return t
}
