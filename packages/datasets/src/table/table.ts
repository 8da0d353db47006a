/** A table of numbers and texts, by columns. */

/** The texts of a column: a dictionary, and which of its entries each row has. */
export interface ColumnTexts {
  readonly values: readonly string[]
  /** Returns (N) indices into `values`; −1 where the entry is a number or missing. */
  codes(): Int32Array
}

/** A column of a table. An entry is a number, a text, or missing. */
export interface TableColumn {
  readonly name: string | undefined
  /** How many of its entries are what. */
  readonly counts: { readonly numbers: number; readonly texts: number; readonly missing: number }
  /** Returns (N) numbers; NaN where the entry is a text or missing. */
  numbers(): Float64Array
  /** The texts, if there are any. */
  readonly texts: ColumnTexts | undefined
}

/** A table of N rows, such as `parseCsv` returns without `label`. */
export interface Table {
  /** N */
  readonly rows: number
  readonly columns: readonly TableColumn[]
  /** The file that it comes from, for error messages. */
  readonly file?: string
  /** Returns the line of the file in which a row begins, from 1. */
  line?(row: number): number
}
