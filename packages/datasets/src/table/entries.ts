/** The entries of a table's columns, as they are needed to learn from them and to encode them. */
import { DataError } from '../errors.ts'
import type { Table, TableColumn } from './table.ts'

/** The name of a column: that of the header, or its index from 0. */
export const columnName = ({ name }: TableColumn, index: number): string => name ?? String(index)

/**
 * Returns the column of this name. Throws a `RangeError` if there is none, a `DataError` if there are two.
 */
export function findColumn(caller: string, table: Table, name: string): TableColumn {
  const named = table.columns.filter((column, index) => columnName(column, index) === name)
  if (named.length === 1) return named[0]
  if (named.length > 1) {
    const message = `two columns are called ${JSON.stringify(name)}: rename or remove one`
    throw new DataError('format', message, { file: table.file, line: table.line ? 1 : undefined })
  }
  const names = table.columns.map((column, index) => JSON.stringify(columnName(column, index)))
  const known = names.length > 20 ? `${names.slice(0, 20).join(', ')}, …` : names.join(', ')
  throw new RangeError(`${caller}: there is no column ${JSON.stringify(name)}: there are ${known}`)
}

/** The error of an entry that does not fit, with the line of its row. */
export function entryError(table: Table, row: number, name: string, message: string): DataError {
  const line = table.line?.(row)
  const where = line === undefined ? `, in row ${row} counted from 0` : ''
  return new DataError('value', `column ${JSON.stringify(name)}: ${message}${where}`, {
    file: table.file,
    line,
  })
}

/** Returns (N) numbers, NaN where they are missing. Throws a `DataError` if an entry is a text. */
export function numberEntries(table: Table, name: string, column: TableColumn): Float64Array {
  if (column.texts) {
    const codes = column.texts.codes()
    const row = codes.findIndex((code) => code >= 0)
    const text = JSON.stringify(column.texts.values[codes[row]].slice(0, 40))
    const help = column.counts.numbers > 0 ? ': correct it, or name the column in the option categories' : ''
    throw entryError(table, row, name, `${text} is not a number${help}`)
  }
  return column.numbers()
}

/** The entries of a column of categories: of each row the index of its value in `values`; −1 where it is missing. */
export interface CategoryEntries {
  readonly values: readonly (number | string)[]
  readonly codes: Int32Array
}

/** Returns the entries of a column as categories. Equal numbers are one category. */
export function categoryEntries(column: TableColumn): CategoryEntries {
  const values: (number | string)[] = [...(column.texts?.values ?? [])]
  const codes = column.texts?.codes()
  if (codes && column.counts.numbers === 0) return { values, codes }
  const codeOf = new Map<number, number>()
  const numbers = column.numbers()
  const all = codes ?? new Int32Array(numbers.length).fill(-1)
  for (let row = 0; row < numbers.length; row++) {
    const value = numbers[row]
    if (Number.isNaN(value)) continue
    let code = codeOf.get(value)
    if (code === undefined) {
      code = values.push(value) - 1
      codeOf.set(value, code)
    }
    all[row] = code
  }
  return { values, codes: all }
}

/** Numbers first, in numeric order, then texts by code points. */
export function sortEntries(values: readonly (number | string)[]): (number | string)[] {
  const numbers = values.filter((value) => typeof value === 'number')
  const texts = values.filter((value) => typeof value === 'string')
  return [...numbers.sort((a, b) => a - b), ...texts.sort()]
}
