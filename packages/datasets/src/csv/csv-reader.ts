/**
 * Reads the fields of a CSV file that arrives in parts.
 *
 *     file   = records, each ended by LF, CR LF or CR (the last end may be missing), and lines of blanks, which are skipped
 *     record = fields with delimiters between them, in each record as many as in the first
 *     field  = blanks '"' any text, in which '""' stands for a quote '"' blanks
 *            | any text without delimiter or line end that does not begin with a quote; blanks around it do not count
 *
 * A field is a number if it is one by the grammar of `table/number.ts`, quoted or not, blanks around it not counted. It is
 * missing if only blanks are in it, quoted or not, or what `isMissing` says. Otherwise it is a text.
 *
 * Source: RFC 4180, with the freedoms that files take: other line ends, empty lines, blanks around fields.
 */
import { DataError } from '../errors.ts'
import { CodedEntries, GrowingInts } from '../table/coded-entries.ts'
import type { ParseNumber } from '../table/number.ts'
import { POWERS_OF_10, readDecimal } from './decimal.ts'
import type { Field, FirstEntry } from './header.ts'
import { NumberRows } from './number-rows.ts'

export interface CsvReaderOptions {
  delimiter: string
  decimal: '.' | ','
  parseNumber: ParseNumber
  isMissing: (text: string) => boolean
  file?: string
  /** Called with the first record. Returns the index of the label column, or −1, and the option of `NumberRows`. */
  start: (first: readonly Field[]) => { label: number; rounded: boolean }
}

/** The entries of a column that are no numbers. */
export interface OtherEntries {
  texts: number
  missing: number
  firstText?: Field
  firstMissing?: Field
  /** The texts, by row; none in the label column. */
  coded?: CodedEntries<string>
}

const [TAB, LF, CR, SPACE, QUOTE, PLUS, MINUS, ZERO, NINE] = [9, 10, 13, 32, 34, 43, 45, 48, 57]
const [LARGE_E, SMALL_E] = [69, 101]

/**
 * Call `push` with each part of the text, then `end`. Rows are counted from the first record, which is row 0 and stays in
 * `first`: whether it is a header can be said only at the end.
 *
 * Throws a `DataError` with line and column for a record of another width than the first, and for wrong quotes.
 */
export class CsvReader {
  first: readonly Field[] = []
  /** Rows 1 and following, without the label column; NaN where an entry is missing or a text. */
  numbers = new NumberRows(0)
  /** The label column: numbers, and texts where the entry is no number. */
  readonly labels = new CodedEntries<number | string>()
  /** Of each column of the file, in rows 1 and following. */
  others: OtherEntries[] = []
  /** The line of each row. */
  readonly lines = new GrowingInts()
  label = -1

  readonly #options: CsvReaderOptions
  readonly #delimiter: number
  readonly #decimal: number
  /** What follows the last complete record, and the length at which it is worth reading again. */
  #rest = ''
  #nextLength = 0
  #isAtStart = true
  #line = 1
  #lineStart = 0
  /** Where the field that was read last ends. */
  #fieldEnd = 0
  /** The fields of the current record that are no numbers, and their columns. */
  readonly #pending: Field[] = []
  readonly #pendingColumns: number[] = []

  constructor(options: CsvReaderOptions) {
    this.#options = options
    this.#delimiter = options.delimiter.charCodeAt(0)
    this.#decimal = options.decimal === options.delimiter ? -1 : options.decimal.charCodeAt(0)
  }

  push(part: string): void {
    this.#rest += part
    if (this.#isAtStart && this.#rest.startsWith('\ufeff')) this.#rest = this.#rest.slice(1)
    this.#isAtStart &&= part === ''
    const text = this.#rest
    if (text.length < this.#nextLength) return
    const read = this.#read(text, text.lastIndexOf('\n') + 1, false)
    this.#rest = text.slice(read)
    // A record that is longer than many parts is not looked at again for each of them.
    this.#nextLength = read > 0 ? 0 : 2 * text.length
  }

  end(): void {
    const text = `${this.#rest}\n`
    this.#rest = ''
    this.#read(text, text.length, true)
    if (this.first.length > 0) return
    throw new DataError('format', 'the file holds no data', { file: this.#options.file, line: 1, column: 1 })
  }

  /** What the entries of the first record are, and what their columns hold in the other records. */
  firstEntries(): FirstEntry[] {
    const { parseNumber, isMissing } = this.#options
    return this.first.map((field, column) => {
      const isText = Number.isNaN(parseNumber(field.text.trim()))
      const { texts, missing } = this.others[column]
      return {
        ...field,
        kind: !isText ? 'number' : isMissing(field.text) ? 'missing' : 'text',
        isAboveNumbers: texts === 0 && missing < this.numbers.rows,
      }
    })
  }

  /** Makes the first record row 0 of the numbers, labels and texts. */
  addFirst(): void {
    const numbers = this.first.map(({ text }) => this.#options.parseNumber(text.trim()))
    const others = numbers.flatMap((value, column) => (Number.isNaN(value) ? [column] : []))
    this.#addOthers(
      0,
      others.map((column) => this.first[column]),
      others,
    )
    if (this.label >= 0 && !Number.isNaN(numbers[this.label])) this.labels.set(0, numbers[this.label])
    this.numbers.prepend(Float64Array.from(numbers.filter((_, column) => column !== this.label)))
  }

  /** Adds the fields of a row that are no numbers, which are those at `columns`. */
  #addOthers(row: number, fields: readonly Field[], columns: readonly number[]): void {
    for (let i = 0; i < fields.length; i++) {
      const [field, column] = [fields[i], columns[i]]
      const entries = this.others[column]
      if (this.#options.isMissing(field.text)) {
        entries.missing++
        if (row === 0 || !entries.firstMissing) entries.firstMissing = field
      } else {
        entries.texts++
        if (row === 0 || !entries.firstText) entries.firstText = field
        if (column === this.label) this.labels.set(row, field.text)
        else {
          entries.coded ??= new CodedEntries()
          entries.coded.set(row, field.text)
        }
      }
    }
  }

  /** Reads the complete records of `text` up to `end`, where a line ends; returns where the next record begins. */
  #read(text: string, end: number, isLast: boolean): number {
    let at = 0
    this.#lineStart = 0
    while (this.first.length === 0) {
      if (at >= end) return at
      const line = this.#line
      const fields = this.#readRecord(text, at, end, isLast)
      if (!fields) {
        this.#line = line
        return at
      }
      at = this.#endLine(text, this.#fieldEnd)
      if (fields.length > 1 || fields[0].text !== '') this.#start(fields)
    }
    return this.#readRows(text, at, end, isLast)
  }

  #start(first: Field[]): void {
    const { label, rounded } = this.#options.start(first)
    this.first = first.map((field) => ({ ...field, text: ` ${field.text}`.slice(1) }))
    this.label = label
    this.numbers = new NumberRows(first.length - (label < 0 ? 0 : 1), { rounded })
    this.others = first.map(() => ({ texts: 0, missing: 0 }))
    this.lines.set(0, first[0].line)
  }

  /** The loop over records and fields that the speed depends on: numbers of up to 15 digits are read right here. */
  #readRows(text: string, start: number, end: number, isLast: boolean): number {
    const { numbers, label } = this
    const { buffer } = numbers
    const width = this.first.length
    const delimiter = this.#delimiter
    const decimal = this.#decimal
    const { parseNumber } = this.#options
    let at = start
    while (at < end) {
      const recordStart = at
      const line = this.#line
      let target = numbers.offset
      let column = 0
      let labelNumber = Number.NaN
      let code = 0
      for (;;) {
        const fieldStart = at
        code = text.charCodeAt(at)
        const isNegative = code === MINUS
        if (isNegative || code === PLUS) code = text.charCodeAt(++at)
        const numberStart = at
        let mantissa = 0
        let decimals = 0
        while (code >= ZERO && code <= NINE) {
          mantissa = mantissa * 10 + (code - ZERO)
          code = text.charCodeAt(++at)
        }
        let digits = at - numberStart
        if (code === decimal) {
          code = text.charCodeAt(++at)
          const decimalsStart = at
          while (code >= ZERO && code <= NINE) {
            mantissa = mantissa * 10 + (code - ZERO)
            code = text.charCodeAt(++at)
          }
          decimals = at - decimalsStart
          digits += decimals
        }
        let value = Number.NaN
        if (digits > 0) {
          const digitsEnd = at
          let exponent = 0
          if (code === SMALL_E || code === LARGE_E) {
            exponent = this.#readExponent(text, at + 1)
            at = this.#fieldEnd
            code = text.charCodeAt(at)
          }
          if (code === delimiter || code === LF || code === CR) {
            decimals -= exponent
            // Both are exact, so the division rounds once, to the number that is meant (W. D. Clinger, 1990).
            if (decimals === 0 && mantissa <= Number.MAX_SAFE_INTEGER) value = mantissa
            else if (decimals > 0 && decimals < 23 && mantissa <= Number.MAX_SAFE_INTEGER) {
              value = mantissa / POWERS_OF_10[decimals]
            } else value = readDecimal(text, numberStart, digitsEnd, exponent)
            if (isNegative) value = 0 - value
          }
        }
        if (Number.isNaN(value)) {
          const field = this.#readField(text, fieldStart, end, isLast)
          if (!field) {
            this.#pending.length = this.#pendingColumns.length = 0
            this.#line = line
            return recordStart
          }
          at = this.#fieldEnd
          code = text.charCodeAt(at)
          value = parseNumber(field.text.trim())
          if (Number.isNaN(value)) {
            this.#pending.push(field)
            this.#pendingColumns.push(column)
          }
        }
        if (column === label) labelNumber = value
        else if (column < width) buffer[target++] = value
        column++
        if (code !== delimiter) break
        at++
      }
      const isBlank =
        column === 1 && this.#pending[0]?.text === '' && text.slice(recordStart, at).trim() === ''
      if (!isBlank && column === width) this.#endRow(line, labelNumber)
      else if (!isBlank) {
        this.#line = line
        throw this.#unevenRecord(text, recordStart, end)
      }
      this.#pending.length = this.#pendingColumns.length = 0
      at = this.#endLine(text, at)
    }
    return at
  }

  /** Returns the exponent whose sign or digits begin at `start`; NaN if there are none. */
  #readExponent(text: string, start: number): number {
    let at = start
    let code = text.charCodeAt(at)
    const isNegative = code === MINUS
    if (isNegative || code === PLUS) code = text.charCodeAt(++at)
    const digitsStart = at
    let exponent = 0
    while (code >= ZERO && code <= NINE) {
      exponent = exponent * 10 + (code - ZERO)
      code = text.charCodeAt(++at)
    }
    this.#fieldEnd = at
    if (at === digitsStart) return Number.NaN
    return isNegative ? -exponent : exponent
  }

  #endRow(line: number, labelNumber: number): void {
    const row = this.numbers.rows + 1
    this.numbers.endRow()
    this.lines.set(row, line)
    if (!Number.isNaN(labelNumber)) this.labels.set(row, labelNumber)
    if (this.#pending.length > 0) this.#addOthers(row, this.#pending, this.#pendingColumns)
  }

  /** Returns where the line begins that follows the line end at `at`. */
  #endLine(text: string, at: number): number {
    this.#line++
    this.#lineStart = at + (text.charCodeAt(at) === CR && text.charCodeAt(at + 1) === LF ? 2 : 1)
    return this.#lineStart
  }

  #readRecord(text: string, start: number, end: number, isLast: boolean): Field[] | undefined {
    const fields: Field[] = []
    for (let at = start; ; at = this.#fieldEnd + 1) {
      const field = this.#readField(text, at, end, isLast)
      if (!field) return undefined
      fields.push(field)
      if (text.charCodeAt(this.#fieldEnd) !== this.#delimiter) return fields
    }
  }

  /** Returns any field; `undefined` if its quotes are not closed before `end`, and the file may go on. */
  #readField(text: string, start: number, end: number, isLast: boolean): Field | undefined {
    const position = { line: this.#line, column: start - this.#lineStart + 1 }
    const opening = this.#skipBlanks(text, start)
    if (text.charCodeAt(opening) !== QUOTE) {
      let at = opening
      while (!this.#endsField(text.charCodeAt(at))) at++
      this.#fieldEnd = at
      return { text: text.slice(opening, at).trim(), ...position }
    }
    let value = ''
    let at = opening + 1
    for (; ; at++) {
      const quote = text.indexOf('"', at)
      if (quote < 0 || quote >= end) {
        if (!isLast) return undefined
        throw this.#formatError(opening, 'a quote is opened here and never closed')
      }
      value += text.slice(at, quote)
      at = quote + 1
      if (text.charCodeAt(at) !== QUOTE) break
      value += '"'
    }
    for (const { 0: lineEnd, index } of text.slice(opening, at).matchAll(/\r\n?|\n/g)) {
      this.#line++
      this.#lineStart = opening + index + lineEnd.length
    }
    at = this.#skipBlanks(text, at)
    const code = text.charCodeAt(at)
    if (!this.#endsField(code)) {
      const found = JSON.stringify(String.fromCodePoint(text.codePointAt(at) ?? code))
      throw this.#formatError(at, `${found} follows a closed quote, but a delimiter is expected`)
    }
    this.#fieldEnd = at
    return { text: value, ...position }
  }

  #skipBlanks(text: string, start: number): number {
    let at = start
    for (let code = text.charCodeAt(at); code === SPACE || code === TAB; code = text.charCodeAt(at)) {
      if (code === this.#delimiter) break
      at++
    }
    return at
  }

  #endsField(code: number): boolean {
    return code === this.#delimiter || code === LF || code === CR
  }

  #formatError(at: number, message: string): DataError {
    const { file } = this.#options
    return new DataError('format', message, { file, line: this.#line, column: at - this.#lineStart + 1 })
  }

  #unevenRecord(text: string, start: number, end: number): DataError {
    this.#lineStart = start
    const fields = this.#readRecord(text, start, end, true) ?? []
    const width = this.first.length
    const { line, column } = fields[Math.min(fields.length, width) - 1]
    const message = `this line has ${fields.length} fields, but the first has ${width}`
    return new DataError('format', message, { file: this.#options.file, line, column })
  }
}
