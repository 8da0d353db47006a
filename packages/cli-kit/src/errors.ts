import { ExitCode } from './exit-code.ts'
import { texts } from './language/texts.ts'

/*
 * Errors that a command prints as one line: wrong usage, failures, and files that cannot be read or written.
 */

/** An error for the user: its message is the line that they see, `exitCode` the code that the command exits with. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The command line is wrong: exit code 2, and the line points to `--help`. */
export const usageError = (message: string, options?: ErrorOptions): CommandError =>
  new CommandError(message, ExitCode.usage, options)

/** The command failed: exit code 1. */
export const failure = (message: string, options?: ErrorOptions): CommandError =>
  new CommandError(message, ExitCode.failed, options)

/** A failure that says why a file could not be written: `cannot write model: the disk is full`. */
export const fileWriteError = (path: string, cause: unknown): CommandError =>
  failure(texts().files.cannotWrite(path, reasonOf(cause, WRITE_REASONS)), { cause })

/** A failure that says why a file could not be read: `model: permission denied`. */
export const fileReadError = (path: string, cause: unknown): CommandError =>
  failure(texts().files.cannotRead(path, reasonOf(cause, READ_REASONS)), { cause })

type Reason =
  | (typeof WRITE_REASONS)[keyof typeof WRITE_REASONS]
  | (typeof READ_REASONS)[keyof typeof READ_REASONS]

const WRITE_REASONS = {
  ENOSPC: 'diskFull',
  EDQUOT: 'quotaExceeded',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'readOnly',
  EISDIR: 'isFolder',
  ENOTDIR: 'pathHasFile',
  ENOENT: 'noFolder',
  EFBIG: 'tooLarge',
} as const

const READ_REASONS = {
  ENOENT: 'missing',
  EACCES: 'denied',
  EPERM: 'denied',
  EISDIR: 'isFolderNotFile',
  ENOTDIR: 'pathHasFile',
} as const

/** The reason for the system's error code, or else the system's own message. */
function reasonOf(cause: unknown, reasons: Readonly<Record<string, Reason>>): string {
  const { code = '', message } = cause as NodeJS.ErrnoException
  const reason = reasons[code]
  return reason ? texts().files[reason] : message
}
