/** What all errors about the bytes of a file have in common, so that one `instanceof` recognises them. */

/** Where in which file the fault is. */
export interface FormatErrorPlace {
  /** The file's name; for an array in an archive, the archive's and its own. */
  readonly file?: string
  /** The byte, from 0. */
  readonly offset: number
}

/** A file that does not follow its format. The message names file and byte; `code` is for programs. */
export class FormatError<Code extends string = string> extends Error {
  override readonly name: string = 'FormatError'
  /** A short name of the fault. */
  readonly code: Code
  readonly file?: string
  readonly offset: number

  constructor(
    code: Code,
    message: string,
    { file, offset }: FormatErrorPlace,
    options?: { cause?: unknown },
  ) {
    super(`${file === undefined ? '' : `${file}: `}${message} (at byte ${offset})`, options)
    this.code = code
    this.file = file
    this.offset = offset
  }
}
