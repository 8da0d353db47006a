/** The error of this package: data that cannot be read, downloaded, stored or verified. */

/**
 * What is wrong with the data:
 *
 * - `missing`: a file or folder does not exist; `unreadable`: it cannot be opened
 * - `format`: not the expected file format; `truncated`: the file ends too early; `trailing`: bytes follow its end
 * - `corrupt`: the compressed content is broken; `size`: more content than the header promises; `hash`: other content
 * - `value`: an impossible value, such as a label without a class
 * - `network`: the file could not be downloaded; `write`: it could not be stored
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

/** Where the fault is. */
export interface DataLocation {
  /** The file's name or path, or a URL. */
  readonly file?: string
  /** The byte, counted in the uncompressed content from 0. */
  readonly offset?: number
  /** The line of a text file, from 1. */
  readonly line?: number
  /** The character of the line, from 1, if it is known. */
  readonly column?: number
}

/** Data that cannot be used. The message names the file and the place, what was expected, and what helps. */
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
    { file, offset, line, column }: DataLocation = {},
    options?: { cause?: unknown },
  ) {
    const character = column === undefined ? '' : `, column ${column}`
    const atByte = offset === undefined ? '' : ` (at byte ${offset})`
    const where = line === undefined ? atByte : ` (line ${line}${character})`
    super(`${file === undefined ? '' : `${file}: `}${message}${where}`, options)
    this.code = code
    this.file = file
    this.offset = offset
    this.line = line
    this.column = column
  }
}
