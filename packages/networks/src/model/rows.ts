/** Rows of named values as inputs of a network, and its outputs as named predictions. */
import { type DType, type Tensor, zeros } from '@gosa/linalg'
import { didYouMean, showValue } from '@gosa/linalg/options'

/** A row of a table: values by the names of columns. A number may be given as text. */
export type Row = Readonly<Record<string, number | string | boolean | null | undefined>>

/** How a column becomes a number: `(value − mean)/std`; `fill` replaces a missing value. */
export interface NumberColumn {
  readonly kind: 'number'
  readonly name: string
  readonly mean: number
  readonly std: number
  readonly fill?: number
}

/** How a column becomes numbers: 1 for the category of the row, 0 for the others. */
export interface CategoryColumn {
  readonly kind: 'category'
  readonly name: string
  readonly categories: readonly string[]
  readonly fill?: string
  /** `zeros`: a category that is not known gives zeros; it is refused if this is not set. */
  readonly unseen?: 'zeros'
}

/**
 * How rows of named values become x, and what predictions mean: plain JSON, as `tableDataset` of `@gosa/datasets` returns it
 * (`TablePreprocessing`).
 */
export interface Preprocessing {
  readonly features: readonly (NumberColumn | CategoryColumn)[]
  readonly target:
    | { readonly kind: 'number'; readonly name: string; readonly mean: number; readonly std: number }
    | { readonly kind: 'class'; readonly name: string; readonly classes: readonly string[] }
}

/** The number of columns of x. */
export const widthOf = ({ features }: Pick<Preprocessing, 'features'>): number =>
  features.reduce((sum, feature) => sum + (feature.kind === 'number' ? 1 : feature.categories.length), 0)

/**
 * Returns rows as x (N, D). Columns that no feature names are not looked at. Throws a `RangeError` that names column and row
 * for a column that is not there, a value that is missing and not to be filled, a text that is no number, and a category that
 * is not known.
 */
export function encodeRows(
  { features }: Pick<Preprocessing, 'features'>,
  rows: readonly Row[],
  dtype: DType,
): Tensor {
  const D = widthOf({ features })
  const x = zeros([rows.length, D], { dtype })
  for (const [n, row] of rows.entries()) {
    let column = n * D
    for (const feature of features) {
      const { name } = feature
      if (!Object.hasOwn(row, name) && feature.fill === undefined) {
        throw rowError(n, `column ${showValue(name)} is not there${didYouMean(name, Object.keys(row))}`)
      }
      const value = entryOf(row[name]) ?? feature.fill
      if (value === undefined) throw rowError(n, `the value of ${showValue(name)} is missing`)
      if (feature.kind === 'number') {
        x.data[column++] = (numberOf(value, name, n) - feature.mean) / feature.std
        continue
      }
      const index = feature.categories.indexOf(String(value))
      if (index < 0 && feature.unseen !== 'zeros') {
        const known = feature.categories.slice(0, 10).join(', ')
        throw rowError(
          n,
          `${showValue(String(value))} of ${showValue(name)} is not one of its categories, ${known}`,
        )
      }
      if (index >= 0) x.data[column + index] = 1
      column += feature.categories.length
    }
  }
  return x
}

const NUMBER = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/

/** A value as a table reads it: a text that is written as a number is one; blank texts and NaN are missing. */
function entryOf(value: Row[string]): number | string | boolean | undefined {
  if (typeof value !== 'string') return value === null || Number.isNaN(value) ? undefined : value
  const text = value.trim()
  if (/^(?:nan)?$/i.test(text)) return undefined
  const number = NUMBER.test(text) ? Number(text) : Number.NaN
  return Number.isFinite(number) ? number : value
}

function numberOf(value: unknown, name: string, row: number): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value
  throw rowError(row, `${showValue(value)} of ${showValue(name)} is not a finite number`)
}

const rowError = (row: number, message: string) => new RangeError(`predict: row ${row}: ${message}`)

/** Throws a `RangeError`, which begins with `caller`, unless it is a description of rows. */
export function checkPreprocessing(caller: string, given: Preprocessing): void {
  const isText = (value: unknown) => typeof value === 'string'
  const areTexts = (values: unknown) => Array.isArray(values) && values.length > 0 && values.every(isText)
  const isScale = ({ mean, std }: { mean: unknown; std: unknown }) =>
    Number.isFinite(mean) && Number.isFinite(std) && (std as number) > 0
  const features: unknown = given?.features
  const target = given?.target
  const fits =
    Array.isArray(features) &&
    features.every(
      (feature) =>
        isText(feature?.name) &&
        ((feature.kind === 'number' && isScale(feature)) ||
          (feature.kind === 'category' && areTexts(feature.categories))),
    ) &&
    isText(target?.name) &&
    ((target.kind === 'number' && isScale(target)) || (target.kind === 'class' && areTexts(target.classes)))
  if (fits) return
  throw new RangeError(
    `${caller}: preprocessing must have features with a name, mean and std, or categories, and a target with mean and std, or classes`,
  )
}
