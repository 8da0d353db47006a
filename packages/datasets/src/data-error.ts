/**
 * What can be wrong with data, in one word:
 *
 * - `missing` a file or folder is not there, `unreadable` it cannot be opened
 * - `format` it is not of the kind expected, `truncated` it ends too early, `trailing` it goes on too long
 * - `corrupt` its compression is broken, `size` it holds more than it promised, `hash` its content is another
 * - `value` something in it cannot be, such as a label without a class
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

/** Where in which file something is wrong. */
export interface DataPlace {
  /** The file's name or path, or an address. */
  readonly file?: string
  /** The byte at which it was found, counted in the uncompressed content. */
  readonly offset?: number
}

/** Data that cannot be used: the message says in which file, at which byte, what was expected and what helps. */
export class DataError extends Error {
  override readonly name = 'DataError'
  readonly code: DataErrorCode
  readonly file?: string
  readonly offset?: number

  constructor(
    code: DataErrorCode,
    message: string,
    { file, offset }: DataPlace = {},
    options?: { cause?: unknown },
  ) {
    const where = offset === undefined ? '' : ` (at byte ${offset})`
    super(`${file === undefined ? '' : `${file}: `}${message}${where}`, options)
    this.code = code
    this.file = file
    this.offset = offset
  }
}
