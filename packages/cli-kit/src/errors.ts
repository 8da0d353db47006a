import { ExitCode } from './exit-code.ts'

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
  failure(`cannot write ${path}: ${reasonOf(cause, WRITE_REASONS)}`, { cause })

/** A failure that says why a file could not be read: `model: permission denied`. */
export const fileReadError = (path: string, cause: unknown): CommandError =>
  failure(`${path}: ${reasonOf(cause, READ_REASONS)}`, { cause })

const WRITE_REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your disk quota is exceeded',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  EISDIR: 'it is a folder',
  ENOTDIR: 'part of its path is a file, not a folder',
  ENOENT: 'its folder does not exist',
  EFBIG: 'the file is too large',
}

const READ_REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'the file does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EISDIR: 'it is a folder, not a file',
  ENOTDIR: 'part of its path is a file, not a folder',
}

/** The reason for the system's error code, or else the system's own message. */
function reasonOf(cause: unknown, reasons: Readonly<Record<string, string>>): string {
  const { code = '', message } = cause as NodeJS.ErrnoException
  return reasons[code] ?? message
}
