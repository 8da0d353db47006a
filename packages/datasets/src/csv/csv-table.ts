/** The records of a CSV file as a table: its columns, and x if they are numbers. */
import { type DType, Tensor } from '@gosa/linalg'
import { DataError } from '../errors.ts'
import type { Table, TableColumn } from '../table/table.ts'
import type { CsvReader, OtherEntries } from './csv-reader.ts'
import type { Field } from './header.ts'

export interface CsvTableOptions {
  dtype: DType
  file?: string
  hasHeader: boolean
}

/** A table of a CSV file. `x` is made when it is read, so that a table may hold texts and missing values as well. */
export class CsvTable implements Table {
  readonly names: readonly string[]
  readonly rows: number
  readonly columns: readonly TableColumn[]
  readonly file?: string
  readonly #reader: CsvReader
  readonly #dtype: DType
  readonly #firstRow: number
  #x: Tensor | undefined

  constructor(reader: CsvReader, { dtype, file, hasHeader }: CsvTableOptions) {
    const features = reader.first.map((_, column) => column).filter((column) => column !== reader.label)
    this.#reader = reader
    this.#dtype = dtype
    this.#firstRow = hasHeader ? 1 : 0
    this.file = file
    this.rows = reader.numbers.rows
    this.names = hasHeader ? features.map((column) => reader.first[column].text) : []
    this.columns = features.map((column, index) => this.#column(index, reader.others[column]))
  }

  /** (N, D): the numbers. Throws a `DataError` with line and column if an entry is missing or a text. */
  get x(): Tensor {
    this.#x ??= this.#createX()
    return this.#x
  }

  line(row: number): number {
    const at = this.#firstRow + row
    return this.#reader.lines.slice(at, at + 1)[0]
  }

  #column(index: number, { texts, missing, coded }: OtherEntries): TableColumn {
    const { numbers } = this.#reader
    return {
      name: this.names[index],
      counts: { numbers: this.rows - texts - missing, texts, missing },
      numbers: () => numbers.column(index),
      texts: coded && {
        values: coded.values,
        codes: () => coded.codes(this.#firstRow, this.#firstRow + this.rows),
      },
    }
  }

  #createX(): Tensor {
    const { others, label, numbers } = this.#reader
    const features = others.filter((_, column) => column !== label)
    const notNumbers = features.flatMap(({ firstText, firstMissing }, i) =>
      [firstText, firstMissing].flatMap((field) => (field ? [{ ...field, name: this.names[i] }] : [])),
    )
    notNumbers.sort((a, b) => a.line - b.line || a.column - b.column)
    if (notNumbers.length > 0) throw notANumber(notNumbers[0], this.file)
    const shape = [this.rows, features.length]
    const size = shape[0] * shape[1]
    const data = this.#dtype === 'float64' ? new Float64Array(size) : new Float32Array(size)
    numbers.copyTo(data)
    return new Tensor(data, shape)
  }
}

function notANumber({ text, name, line, column }: Field & { name?: string }, file?: string): DataError {
  const isEmpty = text.trim() === ''
  const where = name === undefined ? '' : ` in column ${JSON.stringify(name)}`
  const found = isEmpty ? 'an empty field' : JSON.stringify(text.slice(0, 40))
  const help = isEmpty
    ? 'fill it in or remove the line'
    : 'only the label column may hold anything but numbers'
  return new DataError('value', `${found}${where} is not a number: ${help}`, { file, line, column })
}
