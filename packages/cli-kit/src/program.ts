import { Command, Option } from 'commander'
import { narrowHelp } from './narrow-help.ts'
import { wholeNumber } from './number-option.ts'

/** The options that every command has. */
export interface CommonOptions {
  json: boolean
  quiet: boolean
  seed: number
  debug: boolean
}

export interface ProgramOptions {
  /** The name that is typed. */
  name: string
  version: string
  /** What it does, in a sentence or two. */
  description: string
  /** Shown below the options: a command line and what it does, each. */
  examples?: readonly (readonly [command: string, meaning: string])[]
}

/**
 * A command with the options that all of ours share, to which its own are added. Commands below it inherit them: they
 * may stand anywhere on the line.
 */
export function createProgram({ name, version, description, examples = [] }: ProgramOptions): Command {
  const program = new Command(name)
    .description(description)
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ ...narrowHelp, showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addOption(new Option('--json', 'print JSON on stdout and nothing else'))
    .addOption(new Option('-q, --quiet', 'print the result alone'))
    .addOption(
      new Option('--seed <n>', 'where random numbers start: the same seed, the same result')
        .argParser(wholeNumber({ min: 0 }))
        .default(0),
    )
    .addOption(new Option('--debug', 'print the stack of an error'))
  const shown = examples.map(([command, meaning]) => `  # ${meaning}\n  ${command}`)
  if (examples.length > 0) program.addHelpText('after', `\nExamples:\n${shown.join('\n')}`)
  return program
}
