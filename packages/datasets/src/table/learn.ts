/** What is learnt of the columns of a table before training: from the training part alone. */
import { DataError } from '../errors.ts'
import { type CategoryEntries, entryError, sortEntries } from './entries.ts'
import type { CategoryFeature, ClassTarget, NumberFeature, NumberTarget } from './preprocessing.ts'
import type { Table } from './table.ts'

/** What replaces missing values: a statistic of the training part, or a value by the name of the column. */
export type Fill = 'mean' | 'median' | Readonly<Record<string, number | string>>

/** How features are learnt. */
export interface FeatureOptions {
  fill?: Fill
  constant?: 'keep'
  unseen?: 'zeros'
}

/** A column of the table, with the rows of the training part. */
export interface TrainingColumn {
  readonly table: Table
  readonly name: string
  readonly rows: Int32Array
}

/** More columns than this for one feature, or classes, are a mistake: a column of names, or of measurements. */
const MAX_CATEGORIES = 1000

/**
 * Mean and standard deviation of the numbers of the training part. Throws a `DataError` if there are none, one is missing
 * and is not to be filled, or all are equal and are not to be kept.
 */
export function learnNumber(
  { table, name, rows }: TrainingColumn,
  numbers: Float64Array,
  { fill, constant }: FeatureOptions,
): NumberFeature {
  const present = presentNumbers(numbers, rows)
  if (present.length === 0) throw columnError(table, name, 'no row of the training part has a value')
  const { mean, std, isConstant } = measure(present)
  if (!Number.isFinite(mean) || !Number.isFinite(std)) {
    throw columnError(table, name, 'its numbers are too large to be standardized')
  }
  if (isConstant && constant !== 'keep') {
    const message = `all rows of the training part have the value ${present[0]}: leave it out, or say constant: 'keep'`
    throw columnError(table, name, message)
  }
  const value =
    chosenFill(fill, name) ?? (fill === 'median' ? median(present) : fill === 'mean' ? mean : undefined)
  if (value !== undefined && !(typeof value === 'number' && Number.isFinite(value))) {
    throw new TypeError(
      `tableDataset: fill of ${JSON.stringify(name)} must be a finite number, not ${JSON.stringify(value)}`,
    )
  }
  return { kind: 'number', name, mean, std, ...(value !== undefined && { fill: value }) }
}

/** The categories of the training part. Throws a `DataError` as `learnNumber` does, and for too many of them. */
export function learnCategory(
  { table, name, rows }: TrainingColumn,
  { values, codes }: CategoryEntries,
  { fill, constant, unseen }: FeatureOptions,
): CategoryFeature {
  const counts = new Int32Array(values.length)
  for (const row of rows) if (codes[row] >= 0) counts[codes[row]]++
  const present = values.filter((_, code) => counts[code] > 0)
  if (present.length === 0) throw columnError(table, name, 'no row of the training part has a value')
  const chosen = chosenFill(fill, name)
  const mostFrequent = values[counts.indexOf(counts.reduce((a, b) => Math.max(a, b)))]
  const value = chosen ?? (fill === 'mean' || fill === 'median' ? mostFrequent : undefined)
  const categories = [
    ...new Set([...sortEntries(present).map(String), ...(value === undefined ? [] : [String(value)])]),
  ]
  if (categories.length > MAX_CATEGORIES) {
    const message = `it has ${categories.length} categories, more than ${MAX_CATEGORIES}: leave it out`
    throw columnError(table, name, message)
  }
  if (categories.length === 1 && constant !== 'keep') {
    const found = JSON.stringify(categories[0])
    const message = `all rows of the training part have the value ${found}: leave it out, or say constant: 'keep'`
    throw columnError(table, name, message)
  }
  return {
    kind: 'category',
    name,
    categories,
    ...(value !== undefined && { fill: String(value) }),
    ...(unseen && { unseen }),
  }
}

/** Mean and standard deviation of the target in the training part. Throws a `DataError` if all values are equal. */
export function learnNumberTarget(
  { table, name, rows }: TrainingColumn,
  numbers: Float64Array,
): NumberTarget {
  refuseMissing(table, name, (row) => Number.isNaN(numbers[row]))
  const { mean, std, isConstant } = measure(presentNumbers(numbers, rows))
  if (isConstant) {
    const message = `all rows of the training part have the value ${mean}, so there is nothing to predict`
    throw columnError(table, name, message)
  }
  if (Number.isFinite(mean) && Number.isFinite(std)) return { kind: 'number', name, mean, std }
  throw columnError(table, name, 'its numbers are too large to be standardized')
}

/** The classes of all rows. Throws a `DataError` if a label is missing, or there is one class or very many. */
export function learnClasses(table: Table, name: string, { values, codes }: CategoryEntries): ClassTarget {
  refuseMissing(table, name, (row) => codes[row] < 0)
  if (values.length === 1) {
    const message = `all rows have the class ${JSON.stringify(String(values[0]))}, so there is nothing to predict`
    throw columnError(table, name, message)
  }
  if (values.length > MAX_CATEGORIES) {
    const message = `it has ${values.length} classes, more than ${MAX_CATEGORIES}; task: 'regression' predicts numbers`
    throw columnError(table, name, message)
  }
  return { kind: 'class', name, classes: sortEntries(values).map(String) }
}

function refuseMissing(table: Table, name: string, isMissing: (row: number) => boolean): void {
  for (let row = 0; row < table.rows; row++) {
    if (isMissing(row)) throw entryError(table, row, name, 'the value to predict is missing')
  }
}

const columnError = ({ file }: Table, name: string, message: string): DataError =>
  new DataError('value', `column ${JSON.stringify(name)}: ${message}`, { file })

const chosenFill = (fill: Fill | undefined, name: string): number | string | undefined =>
  typeof fill === 'object' && Object.hasOwn(fill, name) ? fill[name] : undefined

/** The numbers of some rows, without missing ones. */
function presentNumbers(numbers: Float64Array, rows: Int32Array): Float64Array {
  const present = new Float64Array(rows.length)
  let count = 0
  for (let i = 0; i < rows.length; i++) {
    const value = numbers[rows[i]]
    if (!Number.isNaN(value)) present[count++] = value
  }
  return present.subarray(0, count)
}

/**
 * Mean and standard deviation (over N), scaled by the largest deviation, so that squares neither overflow nor vanish. The
 * deviation of equal values is 1, so that they become 0.
 */
function measure(values: Float64Array): { mean: number; std: number; isConstant: boolean } {
  const N = values.length
  let [min, max] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  let mean = 0
  // Loops, since a table may have millions of rows.
  for (let i = 0; i < N; i++) {
    min = Math.min(min, values[i])
    max = Math.max(max, values[i])
    mean += values[i] / N
  }
  if (min === max) return { mean: min, std: 1, isConstant: true }
  const largest = Math.max(max - mean, mean - min)
  let squares = 0
  for (let i = 0; i < N; i++) squares += ((values[i] - mean) / largest) ** 2
  return { mean, std: largest * Math.sqrt(squares / N), isConstant: false }
}

function median(values: Float64Array): number {
  const sorted = values.slice().sort()
  const middle = Math.floor(sorted.length / 2)
  return sorted.length % 2 === 1 ? sorted[middle] : sorted[middle - 1] / 2 + sorted[middle] / 2
}
