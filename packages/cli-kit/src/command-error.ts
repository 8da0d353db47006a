import { ExitCode } from './exit-code.ts'

/** An error for the person at the terminal: its message is the one line that they see, with the code to exit with. */
export class CommandError extends Error {
  override readonly name = 'CommandError'
  readonly exitCode: ExitCode

  constructor(message: string, exitCode: ExitCode, options?: ErrorOptions) {
    super(message, options)
    this.exitCode = exitCode
  }
}

/** The command was called wrongly: exit code 2. */
export const usageError = (message: string, options?: ErrorOptions): CommandError =>
  new CommandError(message, ExitCode.usage, options)

/** Something on the way failed: exit code 1. */
export const failure = (message: string, options?: ErrorOptions): CommandError =>
  new CommandError(message, ExitCode.failed, options)
