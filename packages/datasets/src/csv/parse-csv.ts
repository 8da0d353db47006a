/** Tables from CSV text, whole or as a stream, with errors that name line and column. */
import type { DType, Tensor } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { DataError } from '../errors.ts'
import type { Samples } from '../samples.ts'
import { sortEntries } from '../table/entries.ts'
import { createNumberParser, type NumberFormat } from '../table/number.ts'
import type { Table } from '../table/table.ts'
import { CsvReader } from './csv-reader.ts'
import { CsvTable as TableOfReader } from './csv-table.ts'
import { type Field, isHeader } from './header.ts'

/** How a CSV file is read. */
export interface CsvOptions extends NumberFormat {
  /** `,` by default. */
  delimiter?: string
  /**
   * Whether the first line holds column names. By default it does if it holds texts and no number, or if a text in it stands
   * above numbers alone and its own numbers are 0, 1, 2 … or 1, 2, 3 …; another text above numbers alone is refused.
   */
  header?: boolean
  /** The column with the classes: its name, or its index from 0 (−1 is the last); none by default. */
  label?: string | number
  /** What stands for a missing value, besides an empty field and `NaN` in any case, such as `['NA', '?']`. */
  missing?: readonly string[]
  /** The dtype of x; `float32` by default. */
  dtype?: DType
  /** The file's name, for error messages. */
  file?: string
}

/** A table of a CSV file: columns of numbers, texts, and missing values; x if all of them are numbers. */
export interface CsvTable extends Table, NumberTable {}

/** A table of numbers and the class of each row: t (N) holds indices into `classes`. */
export interface CsvSamples extends NumberTable, Samples<Int32Array> {
  /**
   * The distinct labels: numbers first, in numeric order, then texts by code points. Labels that are equal numbers are one
   * class, named as JavaScript writes the number: `1`, `1.0` and `+1` are `1`.
   */
  readonly classes: readonly string[]
}

interface NumberTable {
  /** (N, D): all columns except the label column. Throws a `DataError` if an entry is missing or not a number. */
  readonly x: Tensor
  /** The names of the D columns; empty without a header. */
  readonly names: readonly string[]
}

/** What is needed of a `ReadableStream`, whose type not every project has. */
interface Readable {
  getReader(): {
    read(): Promise<{ done: boolean; value?: Uint8Array | string }>
    cancel(reason?: unknown): Promise<void>
  }
}

/** The content of a CSV file: a stream of a browser or of Node, an iterable of its parts, or all of it; bytes or text. */
export type CsvSource =
  | string
  | Uint8Array
  | Readable
  | AsyncIterable<Uint8Array | string>
  | Iterable<Uint8Array | string>

/** What a source has, unless it is a string: one of these. */
const KEYS_OF_SOURCES = ['getReader', Symbol.asyncIterator, Symbol.iterator]

type LabelOptions = CsvOptions & { label: NonNullable<CsvOptions['label']> }

/**
 * Reads a table from CSV text. Without `label`, a table whose columns may hold numbers, texts and missing values, for
 * `tableDataset`; its x is made when it is first read. With `label`, samples: the classes of that column as t, and
 * all other columns as x.
 *
 * Fields follow RFC 4180: a field in double quotes may hold delimiters, line breaks and doubled quotes. Blanks around a
 * field, and lines of blanks, are skipped. A number is `[sign] digits [. digits] [e [sign] digits]`, where digits may be
 * missing on one side of the point; `decimal` and `thousands` allow for other separators. The same holds for all columns,
 * labels included, with or without quotes.
 *
 * Throws a `DataError` with line and column if a line has another number of fields than the first, quotes are wrong, the
 * first line is neither a header nor a sample, a label is missing, or, with `label`, another field is not a number; and a
 * `RangeError` if the label column does not exist or separators are ambiguous.
 */
export function parseCsv(text: string, options: LabelOptions): CsvSamples
export function parseCsv(text: string, options?: CsvOptions & { label?: undefined }): CsvTable
export function parseCsv(text: string, options?: CsvOptions): CsvTable | CsvSamples
export function parseCsv(text: string, options: CsvOptions = {}): CsvTable | CsvSamples {
  if (typeof text !== 'string') {
    throw new TypeError('parseCsv: text must be a string; parseCsvStream reads bytes and streams')
  }
  const reader = createReader(options)
  reader.push(text)
  return finish(reader, options)
}

/**
 * Reads a table as `parseCsv` does, from a file that arrives in parts: `parseCsvStream(createReadStream(path))` in Node,
 * `parseCsvStream(file.stream())` or `(await fetch(url)).body` in a browser. The text is never in memory as a whole. Bytes
 * are text in `encoding`, UTF-8 by default.
 *
 * Rejects as `parseCsv` throws, for bytes that are not of this encoding, and with what the stream fails with.
 */
export function parseCsvStream(
  source: CsvSource,
  options: LabelOptions & { encoding?: string },
): Promise<CsvSamples>
export function parseCsvStream(
  source: CsvSource,
  options?: CsvOptions & { label?: undefined; encoding?: string },
): Promise<CsvTable>
export function parseCsvStream(
  source: CsvSource,
  options?: CsvOptions & { encoding?: string },
): Promise<CsvTable | CsvSamples>
export async function parseCsvStream(
  source: CsvSource,
  given?: CsvOptions & { encoding?: string },
): Promise<CsvTable | CsvSamples> {
  const known = [...KNOWN, 'encoding'] as const
  const { encoding = 'utf-8', ...options } = checkOptions('parseCsvStream', given, known)
  if (typeof source !== 'string' && !KEYS_OF_SOURCES.some((key) => key in Object(source))) {
    throw new TypeError(
      `parseCsvStream: source must be a stream or the parts of a file, not ${showValue(source)}`,
    )
  }
  const reader = createReader(options)
  const decoder = new TextDecoder(encoding, { fatal: true })
  const decode = (bytes?: Uint8Array): string => {
    try {
      return decoder.decode(bytes, { stream: bytes !== undefined })
    } catch (error) {
      const message = `the bytes are not text in ${decoder.encoding}: say its encoding, such as 'windows-1252'`
      throw new DataError('format', message, { file: options.file }, { cause: error })
    }
  }
  for await (const part of partsOf(source)) reader.push(typeof part === 'string' ? part : decode(part))
  reader.push(decode())
  return finish(reader, options)
}

/** Iterates the parts; not every browser's streams are iterable. */
async function* partsOf(source: CsvSource): AsyncGenerator<Uint8Array | string> {
  if (typeof source === 'string' || source instanceof Uint8Array) {
    yield source
    return
  }
  if (!('getReader' in source)) {
    yield* source
    return
  }
  const reader = source.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done || value === undefined) return
      yield value
    }
  } finally {
    // Ends the stream if the table was refused before its end.
    await reader.cancel().catch(() => {})
  }
}

/** The keys of `CsvOptions`. */
const KNOWN = [
  ...(['delimiter', 'decimal', 'thousands', 'header', 'label', 'missing', 'dtype', 'file'] as const),
]

function createReader(options: CsvOptions): CsvReader {
  const {
    delimiter = ',',
    decimal = '.',
    dtype = 'float32',
    header,
    label,
    missing = [],
    file,
  } = checkOptions('parseCsv', options, KNOWN)
  if (delimiter.length !== 1 || /["\r\n\d+-]/.test(delimiter)) {
    throw new RangeError(
      `parseCsv: the delimiter must be one character, no quote, line end, digit or sign, not ${JSON.stringify(delimiter)}`,
    )
  }
  if (typeof label === 'string' && header === false) {
    throw new RangeError('parseCsv: without a header, label must be the index of a column')
  }
  const others = new Set(missing.map((text) => text.trim()))
  return new CsvReader({
    delimiter,
    decimal,
    parseNumber: createNumberParser(options),
    isMissing: (text) => /^\s*(?:nan)?\s*$/i.test(text) || others.has(text.trim()),
    file,
    start: (first) => ({
      label: label === undefined ? -1 : findLabelColumn(label, first, file),
      // Without labels, a table keeps all bits, for whoever standardizes its columns.
      rounded: label !== undefined && dtype === 'float32',
    }),
  })
}

/** Returns the index of the label column. Throws a `DataError` if two columns bear its name. */
function findLabelColumn(label: string | number, first: readonly Field[], file?: string): number {
  const names = first.map(({ text }) => text)
  const index = typeof label === 'string' ? names.indexOf(label) : label < 0 ? label + names.length : label
  if (!Number.isInteger(index) || index < 0 || index >= names.length) {
    const known =
      typeof label === 'string'
        ? `: there are ${names.map((name) => JSON.stringify(name)).join(', ')}`
        : ` of the ${names.length}`
    throw new RangeError(`parseCsv: there is no label column ${JSON.stringify(label)}${known}`)
  }
  if (typeof label === 'string') refuseSecond(index, first, file)
  return index
}

function refuseSecond(label: number, header: readonly Field[], file?: string): void {
  const second = header.find(({ text }, column) => column !== label && text === header[label].text)
  if (!second) return
  const message = `a second column is named as the label column, ${JSON.stringify(second.text)}: rename or remove it`
  throw new DataError('format', message, { file, line: second.line, column: second.column })
}

function finish(reader: CsvReader, options: CsvOptions): CsvTable | CsvSamples {
  const { header, dtype = 'float32', file } = options
  reader.end()
  const { first, label } = reader
  const entries = reader.firstEntries()
  const hasHeader = header ?? (typeof options.label === 'string' || isHeader(entries, file))
  if (!hasHeader) {
    const entry = entries[label]
    if (entry?.kind === 'text' && entry.isAboveNumbers) {
      const message = `the label ${JSON.stringify(entry.text)} stands above numbers: is the first line a header?`
      throw new DataError('format', message, { file, line: entry.line, column: entry.column })
    }
    reader.addFirst()
  } else if (label >= 0) refuseSecond(label, first, file)
  const table = new TableOfReader(reader, { dtype, file, hasHeader })
  if (label < 0) return table
  return { x: table.x, names: table.names, ...readClasses(reader, hasHeader ? 1 : 0, file) }
}

function readClasses(reader: CsvReader, firstRow: number, file?: string) {
  const { firstMissing } = reader.others[reader.label]
  if (firstMissing) {
    const { text, line, column } = firstMissing
    const found = text.trim() === '' ? 'an empty label' : `the label ${JSON.stringify(text)} is missing`
    throw new DataError('value', `${found}: fill it in or remove the line`, { file, line, column })
  }
  const { values } = reader.labels
  const ordered = sortEntries(values)
  const classes = new Map(ordered.map((value, i) => [value, i]))
  const classOf = Int32Array.from(values, (value) => classes.get(value) as number)
  const codes = reader.labels.codes(firstRow, firstRow + reader.numbers.rows)
  return { t: codes.map((code) => classOf[code]), classes: ordered.map(String) }
}
