/**
 * What can be wrong with data, in one word:
 *
 * - `missing` a file or folder is not there, `unreadable` it cannot be opened
 * - `format` it is not of the kind expected, `truncated` it ends too early, `trailing` it goes on too long
 * - `corrupt` its compression is broken, `size` it holds more than it promised, `hash` its content is another
 * - `value` something in it cannot be, such as a label without a class
 * - `network` it could not be downloaded, `write` it could not be stored, `locked` another process keeps it
 */
export type DataErrorCode =
  | 'missing'
  | 'unreadable'
  | 'format'
  | 'truncated'
  | 'trailing'
  | 'corrupt'
  | 'size'
  | 'hash'
  | 'value'
  | 'network'
  | 'write'
  | 'locked'

/** Where in which file something is wrong. */
export interface DataPlace {
  /** The file's name or path, or an address. */
  readonly file?: string
  /** The byte at which it was found, counted in the uncompressed content. */
  readonly offset?: number
  /** The line at which it was found, from 1, in a file of text. */
  readonly line?: number
  /** The character of the line, from 1. */
  readonly column?: number
}

/** Data that cannot be used: the message says in which file, at which byte, what was expected and what helps. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly code: DataErrorCode
  readonly file?: string
  readonly offset?: number
  readonly line?: number
  readonly column?: number

  constructor(
    code: DataErrorCode,
    message: string,
    { file, offset, line, column }: DataPlace = {},
    options?: { cause?: unknown },
  ) {
    const where =
      line !== undefined
        ? ` (line ${line}, column ${column})`
        : offset !== undefined
          ? ` (at byte ${offset})`
          : ''
    super(`${file === undefined ? '' : `${file}: `}${message}${where}`, options)
    this.code = code
    this.file = file
    this.offset = offset
    this.line = line
    this.column = column
  }
}
