/** Tables from values in memory: from objects, such as rows of JSON, or from arrays, such as those of an npz file. */
import { checkOptions, showValue } from '@gosa/linalg/options'
import { CodedEntries } from './coded-entries.ts'
import { createNumberParser } from './number.ts'
import type { Table, TableColumn } from './table.ts'

/** A row by the names of its columns. A text is what it is in a CSV file: a number if it is written as one. */
export type NamedValues = Readonly<Record<string, number | string | null | undefined>>

const parseNumber = createNumberParser()

/**
 * Returns rows of named values as a table. Its columns are `names`, or all names that occur, in this order. An entry that is
 * not there, or `null`, NaN, an empty text or the text `NaN`, is missing.
 *
 * Throws a `TypeError` for a row that is no object or a value of another kind, a `RangeError` for an infinite number.
 */
export function tableFromRows(rows: readonly NamedValues[], options?: { names?: readonly string[] }): Table {
  const { names } = checkOptions('tableFromRows', options, ['names'])
  if (!Array.isArray(rows)) {
    throw new TypeError(`tableFromRows: rows must be an array of objects, not ${showValue(rows)}`)
  }
  rows.forEach((row, i) => {
    if (typeof row === 'object' && row !== null && !Array.isArray(row)) return
    throw new TypeError(`tableFromRows: row ${i} must be an object of named values, not ${showValue(row)}`)
  })
  const all = names ?? [...new Set(rows.flatMap((row) => Object.keys(row)))]
  return { rows: rows.length, columns: all.map((name) => columnOf(name, rows)) }
}

function columnOf(name: string, rows: readonly NamedValues[]): TableColumn {
  const numbers = new Float64Array(rows.length).fill(Number.NaN)
  const texts = new CodedEntries<string>()
  let [textCount, missing] = [0, 0]
  rows.forEach((row, i) => {
    const value = Object.hasOwn(row, name) ? row[name] : undefined
    if (typeof value !== 'number' && typeof value !== 'string' && value !== null && value !== undefined) {
      const wanted = 'must be a number or a text'
      throw new TypeError(`${JSON.stringify(name)} of row ${i} ${wanted}, not ${showValue(value)}`)
    }
    if (value === Infinity || value === -Infinity) {
      throw new RangeError(`${JSON.stringify(name)} of row ${i} must be a finite number, not ${value}`)
    }
    numbers[i] = typeof value === 'string' ? parseNumber(value.trim()) : (value ?? Number.NaN)
    if (!Number.isNaN(numbers[i])) return
    if (typeof value === 'string' && !/^\s*(?:nan)?\s*$/i.test(value)) {
      texts.set(i, value)
      textCount++
    } else missing++
  })
  return {
    name,
    counts: { numbers: rows.length - textCount - missing, texts: textCount, missing },
    numbers: () => numbers,
    texts: textCount > 0 ? { values: texts.values, codes: () => texts.codes(0, rows.length) } : undefined,
  }
}

/** An array with a shape, row-major: a tensor, or an array of an npy file. */
export interface NumberArray {
  readonly shape: readonly number[]
  readonly data: ArrayLike<number>
}

/**
 * Returns x (N, D) and y (N) or (N, 1) as a table of D + 1 columns: `names`, by default `x0`, `x1`, …, then `y`. NaN is a
 * missing value.
 *
 * Throws a `RangeError` for other shapes, another number of names, and an infinite number.
 */
export function tableFromArrays(
  arrays: { x: NumberArray; y: NumberArray },
  options?: { names?: readonly string[] },
): Table {
  const { x, y } = checkOptions('tableFromArrays', arrays, ['x', 'y'], ['x', 'y'])
  for (const [name, array] of Object.entries({ x, y })) {
    if (Array.isArray(array?.shape) && ArrayBuffer.isView(array.data)) continue
    throw new TypeError(`tableFromArrays: ${name} must have a shape and data, not be ${showValue(array)}`)
  }
  const [N, D] = x.shape
  const { names = Array.from({ length: D ?? 0 }, (_, i) => `x${i}`) } = checkOptions(
    'tableFromArrays',
    options,
    ['names'],
  )
  const yFits = y.shape[0] === N && (y.shape.length === 1 || (y.shape.length === 2 && y.shape[1] === 1))
  if (x.shape.length !== 2 || !yFits) {
    throw new RangeError(
      `tableFromArrays: x of shape (${x.shape.join(', ')}) and y of shape (${y.shape.join(', ')}) were given, but x must ` +
        'be (N, D) and y (N) or (N, 1)',
    )
  }
  if (names.length !== D) {
    throw new RangeError(`tableFromArrays: ${names.length} names were given for the ${D} columns of x`)
  }
  const columns = names.map((name, i) => arrayColumn(name, x, N, i, D))
  return { rows: N, columns: [...columns, arrayColumn('y', y, N, 0, 1)] }
}

function arrayColumn(
  name: string,
  { data }: NumberArray,
  N: number,
  start: number,
  step: number,
): TableColumn {
  let missing = 0
  for (let row = 0; row < N; row++) {
    const value = data[start + row * step]
    if (Number.isNaN(value)) missing++
    else if (!Number.isFinite(value)) {
      throw new RangeError(`tableFromArrays: ${JSON.stringify(name)} of row ${row} is ${value}`)
    }
  }
  return {
    name,
    counts: { numbers: N - missing, texts: 0, missing },
    numbers: () => Float64Array.from({ length: N }, (_, row) => data[start + row * step]),
    texts: undefined,
  }
}
