/** Tables of numbers from CSV text, with errors that name line and column. */
import { type DType, Tensor } from '@gosa/linalg'
import { DataError } from './errors.ts'
import type { Samples } from './samples.ts'

/** How a CSV file is read. */
export interface CsvOptions {
  /** `,` by default. */
  delimiter?: string
  /** Whether the first line holds column names; by default it does if none of its fields is a number. */
  header?: boolean
  /** The column with the classes: its name, or its index from 0 (−1 is the last); none by default. */
  label?: string | number
  /** The dtype of x; `float32` by default. */
  dtype?: DType
  /** The file's name, for error messages. */
  file?: string
}

/** A table of numbers. */
export interface CsvTable {
  /** (N, D): all columns except the label column. */
  readonly x: Tensor
  /** The names of the D columns; empty without a header. */
  readonly names: readonly string[]
}

/** A table of numbers and the class of each row: t (N) holds indices into `classes`. */
export interface CsvSamples extends CsvTable, Samples<Int32Array> {
  /** The distinct values of the label column: in numeric order if all are numbers, else by code points. */
  readonly classes: readonly string[]
}

/**
 * Reads a table of numbers from CSV text; with `label`, the classes of that column as t.
 *
 * Throws a `DataError` with line and column if a line has another number of fields than the first or a field is not a
 * finite number, and a `RangeError` if the label column does not exist.
 */
export function parseCsv(
  text: string,
  options: CsvOptions & { label: NonNullable<CsvOptions['label']> },
): CsvSamples
export function parseCsv(text: string, options?: CsvOptions): CsvTable | CsvSamples
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable | CsvSamples {
  const { delimiter = ',', header, label, dtype = 'float32', file } = options
  if (delimiter.length !== 1 || '"\r\n'.includes(delimiter)) {
    throw new RangeError(`parseCsv: the delimiter must be one character, not ${JSON.stringify(delimiter)}`)
  }
  const records = parseRecords(text, delimiter, file)
  if (records.length === 0) {
    throw new DataError('format', 'the file holds no data', { file, line: 1, column: 1 })
  }
  const width = records[0].length
  for (const record of records) if (record.length !== width) throw unevenRecord(record, width, file)
  const hasHeader = header ?? records[0].every(({ text }) => !isNumber(text))
  const rows = hasHeader ? records.slice(1) : records
  const names = hasHeader ? records[0].map(({ text }) => text) : []
  const labelIndex = label === undefined ? -1 : findLabelColumn(label, names, width)
  const columns = Array.from({ length: width }, (_, column) => column).filter((c) => c !== labelIndex)
  const size = rows.length * columns.length
  const data = dtype === 'float64' ? new Float64Array(size) : new Float32Array(size)
  let next = 0
  for (const row of rows) {
    for (const column of columns) data[next++] = toNumber(row[column], names[column], file)
  }
  const table = {
    x: new Tensor(data, [rows.length, columns.length]),
    names: hasHeader ? columns.map((column) => names[column]) : [],
  }
  return labelIndex < 0 ? table : { ...table, ...toClasses(rows.map((row) => row[labelIndex].text)) }
}

const isNumber = (text: string): boolean => text !== '' && Number.isFinite(Number(text))

function toNumber({ text, line, column }: Field, name: string | undefined, file?: string): number {
  if (isNumber(text)) return Number(text)
  const where = name === undefined ? '' : ` in column ${JSON.stringify(name)}`
  const found = text === '' ? 'an empty field' : JSON.stringify(text.slice(0, 40))
  const help =
    text === '' ? 'fill it in or remove the line' : 'only the label column may hold anything but numbers'
  throw new DataError('value', `${found}${where} is not a number: ${help}`, { file, line, column })
}

function unevenRecord(record: readonly Field[], width: number, file?: string): DataError {
  const { line, column } = record[Math.min(record.length, width) - 1]
  return new DataError('format', `this line has ${record.length} fields, but the first has ${width}`, {
    file,
    line,
    column,
  })
}

function findLabelColumn(label: string | number, names: readonly string[], width: number): number {
  const index = typeof label === 'string' ? names.indexOf(label) : label < 0 ? label + width : label
  if (Number.isInteger(index) && index >= 0 && index < width) return index
  const known =
    names.length > 0
      ? `: there are ${names.map((name) => JSON.stringify(name)).join(', ')}`
      : ` of the ${width}`
  throw new RangeError(`parseCsv: there is no label column ${JSON.stringify(label)}${known}`)
}

function toClasses(labels: readonly string[]): { t: Int32Array; classes: string[] } {
  const distinct = [...new Set(labels)]
  const classes = distinct.every(isNumber) ? distinct.sort((a, b) => Number(a) - Number(b)) : distinct.sort()
  const index = new Map(classes.map((name, i) => [name, i]))
  return { t: Int32Array.from(labels, (label) => index.get(label) as number), classes }
}

/** A field of a CSV file and its position: line and character, from 1. */
interface Field {
  readonly text: string
  readonly line: number
  readonly column: number
}

/**
 * Splits CSV text into records, without empty lines. A field in double quotes may hold delimiters, line breaks, and
 * doubled quotes. Throws a `DataError` if a quote is not closed or text follows it.
 *
 * Source: RFC 4180.
 */
function parseRecords(text: string, delimiter: string, file?: string): Field[][] {
  const records: Field[][] = []
  let record: Field[] = []
  const hasByteOrderMark = text.startsWith('\ufeff')
  let [at, line, lineStart] = [hasByteOrderMark ? 1 : 0, 1, 0]
  const formatError = (offset: number, message: string) =>
    new DataError('format', message, { file, line, column: offset - lineStart + 1 })
  const endRecord = () => {
    if (record.length > 1 || record[0].text !== '') records.push(record)
    record = []
  }
  while (at < text.length || record.length > 0) {
    const position = { line, column: at - lineStart + 1 }
    const start = at
    if (text[at] === '"') {
      let value = ''
      for (at++; ; at++) {
        const end = text.indexOf('"', at)
        if (end < 0) throw formatError(start, 'a quote is opened here and never closed')
        value += text.slice(at, end)
        at = end + 1
        if (text[at] !== '"') break
        value += '"'
      }
      record.push({ text: value, ...position })
      const quoted = text.slice(start, at)
      for (let i = quoted.indexOf('\n'); i >= 0; i = quoted.indexOf('\n', i + 1)) {
        line++
        lineStart = start + i + 1
      }
    } else {
      while (at < text.length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') at++
      record.push({ text: text.slice(start, at).trim(), ...position })
    }
    if (text[at] === delimiter) at++
    else if (at >= text.length || text[at] === '\n' || text[at] === '\r') {
      endRecord()
      at += text[at] === '\r' && text[at + 1] === '\n' ? 2 : 1
      line++
      lineStart = at
    } else {
      throw formatError(at, `${JSON.stringify(text[at])} follows a closed quote, but a delimiter is expected`)
    }
  }
  return records
}
