import { type Command, CommanderError } from 'commander'
import { exitOnBrokenPipe } from './broken-pipe.ts'
import type { Environment } from './colors.ts'
import { CommandError } from './errors.ts'
import { ExitCode } from './exit-code.ts'
import { commanderMessage } from './language/commander-message.ts'
import { texts } from './language/texts.ts'
import { createOutput, type Output } from './output.ts'
import { printable } from './printable.ts'
import type { CommonOptions } from './program.ts'

/*
 * Runs a program: from its command line through the action of a command to the exit code, errors included.
 */

/** One invocation of a command: what its action works with. */
export interface CommandContext<Options = Record<never, never>> {
  readonly options: Options & CommonOptions
  /** The names of the options that stand on the command line; the others have their defaults. */
  readonly given: ReadonlySet<string>
  /** The arguments besides the options. */
  readonly args: readonly string[]
  readonly output: Output
  readonly env: Environment
}

/** What a command does; returns the exit code. */
export type CommandAction<Options> = (context: CommandContext<Options>) => ExitCode | Promise<ExitCode>

const FLAG_DEFAULTS = { json: false, quiet: false, debug: false }

/** Adapts an action to commander: `command.action(commandAction(async ({ options, output }) => ExitCode.success))`. */
export const commandAction =
  <Options>(action: CommandAction<Options>) =>
  async (...commanderArguments: unknown[]): Promise<void> => {
    const command = commanderArguments.at(-1) as Command
    const parsed = command.optsWithGlobals<Options & CommonOptions>()
    const options = { ...FLAG_DEFAULTS, ...parsed }
    const given = new Set(
      Object.keys(parsed).filter((name) => command.getOptionValueSourceWithGlobals(name) === 'cli'),
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
 * Runs a program from its command line to its exit code. An error becomes one line on stderr, with `--debug` followed by
 * its stack trace. The process ends when nothing is left to do, so that no output is lost.
 */
export async function runProgram(program: Command, argv: readonly string[] = process.argv): Promise<void> {
  exitOnBrokenPipe()
  try {
    await program.parseAsync([...argv])
  } catch (error) {
    process.exitCode = exitCodeOf(error)
    if (process.exitCode !== ExitCode.success) reportError(error, program, argv)
  }
}

function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandError) return error.exitCode
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.success : ExitCode.usage
  return ExitCode.failed
}

function reportError(error: unknown, program: Command, argv: readonly string[]): void {
  const message = messageOf(error)
  const isUsage = exitCodeOf(error) === ExitCode.usage
  const line = isUsage ? texts().seeHelp(message, typedCommand(program, argv)) : message
  process.stderr.write(`${program.name()}: ${printable(line)}\n`)
  if (!argv.includes('--debug')) return
  const stack = error instanceof Error ? (error.stack ?? '') : String(error)
  process.stderr.write(`${stack.split('\n').map(printable).join('\n')}\n`)
}

/** The name of the program, followed by that of the command that was typed, if any. */
function typedCommand(program: Command, argv: readonly string[]): string {
  const name = argv.find((word) => program.commands.some((command) => command.name() === word))
  return name === undefined ? program.name() : `${program.name()} ${name}`
}

/** The message on one line, without a full stop. */
function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const translated = error instanceof CommanderError ? commanderMessage(message) : message
  return translated.replace(/\s*\n\s*/g, ' ').replace(/[.。]$/, '')
}
