import { Command, Help, type HelpConfiguration, Option } from 'commander'
import { integer } from './options.ts'

/*
 * The frame of every program: the common options, and help that fits into narrow terminals.
 */

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
  /** What the program does, in a sentence or two. */
  description: string
  /** Shown below the options: command lines with what each does. */
  examples?: readonly (readonly [commandLine: string, meaning: string])[]
}

/**
 * Creates a program with the common options, to which its own options and commands are added. The commands inherit the
 * common options, which may stand anywhere on the command line.
 */
export function createProgram({ name, version, description, examples = [] }: ProgramOptions): Command {
  const program = new Command(name)
    .description(description)
    .version(version, '--version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    .configureHelp({ ...helpLayout, showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addOption(new Option('--json', 'print JSON on stdout, and nothing else'))
    .addOption(new Option('-q, --quiet', 'print only the result'))
    .addOption(
      new Option('--seed <n>', 'seed of the random number generator')
        .argParser(integer({ min: 0 }))
        .default(0),
    )
    .addOption(new Option('--debug', 'print the stack trace of an error'))
  const lines = examples.map(([commandLine, meaning]) => `  # ${meaning}\n  ${commandLine}`)
  if (examples.length > 0) program.addHelpText('after', `\nExamples:\n${lines.join('\n')}`)
  return program
}

/** The least width of a description beside its option; in less it goes below the option. */
const MIN_DESCRIPTION_COLUMNS = 30

/** The indentation of a description below its option. */
const DESCRIPTION_INDENT = 6

const defaultHelp = new Help()

/** Help for narrow terminals as well: a description with too little space beside its option goes below it, wrapped. */
const helpLayout: HelpConfiguration = {
  minWidthToWrap: 10,
  formatItem(this: Help, term, termWidth, description, helper) {
    const columns = this.helpWidth ?? 80
    if (!description || columns - termWidth - 4 >= MIN_DESCRIPTION_COLUMNS)
      return defaultHelp.formatItem.call(this, term, termWidth, description, helper)
    const indent = ' '.repeat(DESCRIPTION_INDENT)
    const wrapped = helper.boxWrap(description, columns - DESCRIPTION_INDENT)
    return `  ${term}\n${indent}${wrapped.replaceAll('\n', `\n${indent}`)}`
  },
}
