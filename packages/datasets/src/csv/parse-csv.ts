import { type DType, Tensor } from '@gosa/linalg'
import { DataError, type DataPlace } from '../data-error.ts'
import { type Field, records } from './records.ts'

export interface CsvOptions extends DataPlace {
  /** `,` by default. */
  delimiter?: string
  /** Whether the first line holds the names of the columns; by default it does if no field in it is a number. */
  header?: boolean
  /** The column that holds the classes: its name, or its number from 0 (−1 is the last); none by default. */
  label?: string | number
  /** Of the features; `float32` by default. */
  dtype?: DType
}

/** A table of numbers: features (N, D), and the class of each row where a label column was named. */
export interface CsvTable {
  readonly features: Tensor
  /** The names of the D features; empty without a header. */
  readonly names: readonly string[]
  /** (N), indices into `classes`. */
  readonly labels?: Int32Array
  /** What the label column holds, each once: by size if all are numbers, else by code points. */
  readonly classes?: readonly string[]
}

/**
 * Reads a table of numbers from a CSV file. Throws a `DataError` with line and column where a line has another number of
 * fields than the first, or a field is no finite number; a `RangeError` for a label column that is not there.
 */
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable {
  const { delimiter = ',', header, label, dtype = 'float32', file } = options
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new RangeError(`parseCsv: the delimiter must be one character, not ${JSON.stringify(delimiter)}`)
  }
  const all = records(text, delimiter, { file })
  if (all.length === 0) throw new DataError('format', 'the file holds no data', { file, line: 1, column: 1 })
  const width = all[0].length
  for (const record of all) if (record.length !== width) throw uneven(record, width, file)
  const named = header ?? all[0].every(({ text }) => !isNumber(text))
  const rows = named ? all.slice(1) : all
  const names = named ? all[0].map(({ text }) => text) : []
  const labelAt = label === undefined ? -1 : labelColumn(label, names, width)
  const others = Array.from({ length: width }, (_, column) => column).filter((column) => column !== labelAt)
  const data =
    dtype === 'float64'
      ? new Float64Array(rows.length * others.length)
      : new Float32Array(rows.length * others.length)
  let next = 0
  for (const row of rows)
    for (const column of others) data[next++] = numberIn(row[column], names[column], file)
  const table = {
    features: new Tensor(data, [rows.length, others.length]),
    names: named ? others.map((c) => names[c]) : [],
  }
  return labelAt < 0 ? table : { ...table, ...classesOf(rows.map((row) => row[labelAt].text)) }
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

function numberIn({ text, line, column }: Field, name: string | undefined, file?: string): number {
  if (isNumber(text)) return Number(text)
  const where = name === undefined ? '' : ` in column ${JSON.stringify(name)}`
  const found = text === '' ? 'an empty field' : JSON.stringify(text.slice(0, 40))
  const help =
    text === '' ? 'fill it in or leave the line out' : 'only the label column may hold other things'
  throw new DataError('value', `${found}${where} is not a number: ${help}`, { file, line, column })
}

function uneven(record: Field[], width: number, file?: string): DataError {
  const { line, column } = record[Math.min(record.length, width) - 1]
  return new DataError('format', `this line has ${record.length} fields, but the first has ${width}`, {
    file,
    line,
    column,
  })
}

function labelColumn(label: string | number, names: readonly string[], width: number): number {
  const index = typeof label === 'string' ? names.indexOf(label) : label < 0 ? label + width : label
  if (Number.isInteger(index) && index >= 0 && index < width) return index
  const known =
    names.length > 0
      ? `: there are ${names.map((name) => JSON.stringify(name)).join(', ')}`
      : ` of the ${width}`
  throw new RangeError(`parseCsv: there is no label column ${JSON.stringify(label)}${known}`)
}

function classesOf(texts: readonly string[]): { labels: Int32Array; classes: string[] } {
  const distinct = [...new Set(texts)]
  const classes = distinct.every(isNumber) ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort()
  const index = new Map(classes.map((name, i) => [name, i]))
  return { labels: Int32Array.from(texts, (text) => index.get(text) as number), classes }
}
