import { type Command, CommanderError } from 'commander'
import { CommandError } from './command-error.ts'
import { ExitCode } from './exit-code.ts'
import { createOutput, type Output } from './output.ts'
import type { Environment } from './paint.ts'
import type { CommonOptions } from './program.ts'
import { endWithReader } from './reader-gone.ts'

/** What a command's action gets. */
export interface Run<Options = Record<never, never>> {
  readonly options: Options & CommonOptions
  /** The names of the options that were typed, all others having their defaults. */
  readonly given: ReadonlySet<string>
  /** What stands on the line besides options. */
  readonly args: readonly string[]
  readonly output: Output
  readonly env: Environment
}

/** What is off until it is asked for. */
const OFF = { json: false, quiet: false, debug: false }

export type Action<Options> = (run: Run<Options>) => ExitCode | Promise<ExitCode>

/** Makes an action of a command: `command.action(act(async ({ options, output }) => ExitCode.success))`. */
export const act =
  <Options>(action: Action<Options>) =>
  async (...passed: unknown[]): Promise<void> => {
    const command = passed.at(-1) as Command
    const typed = command.optsWithGlobals<Options & CommonOptions>()
    const options = { ...OFF, ...typed }
    const given = new Set(
      Object.keys(typed).filter((name) => command.getOptionValueSourceWithGlobals(name) === 'cli'),
    )
    const { stdout, stderr, env } = process
    const output = createOutput({ ...options, stdout, stderr, env })
    try {
      process.exitCode = await action({ options, given, args: command.args, output, env })
    } finally {
      output.progress()
    }
  }

/**
 * Runs a command from the words on its line to its exit code. An error becomes one line on stderr (with `--debug` its
 * stack too); a reader that goes away, as `head` does, ends it quietly. The process is left to end by itself, so that
 * nothing written is lost.
 */
export async function runProgram(program: Command, argv: readonly string[] = process.argv): Promise<void> {
  endWithReader()
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    const code = exitCodeOf(error)
    process.exitCode = code
    if (code !== ExitCode.success) report(error, program, argv)
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.success : ExitCode.usage
  return ExitCode.failed
}

function report(error: unknown, program: Command, argv: readonly string[]): void {
  const hint = exitCodeOf(error) === ExitCode.usage ? `; see ${typed(program, argv)} --help` : ''
  const line = `${program.name()}: ${messageOf(error)}${hint}`
  process.stderr.write(`${line}\n`)
  if (argv.includes('--debug')) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`)
}

/** The program, with the command below it that was typed, if any. */
function typed(program: Command, argv: readonly string[]): string {
  const below = argv.find((word) => program.commands.some((command) => command.name() === word))
  return below === undefined ? program.name() : `${program.name()} ${below}`
}

/** The message on one line, without the prefix and the full stop that others put there. */
const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error))
    .replace(/^error: /, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\.$/, '')
