import { Command, Option } from 'commander'
import { helpLayout } from './language/help-layout.ts'
import { texts } from './language/texts.ts'
import { LANGUAGES, type Language } from './language/translated.ts'
import { integer } from './options.ts'

/*
 * The frame of every program: the common options, and its help.
 */

/** The options that every command has. */
export interface CommonOptions {
  json: boolean
  quiet: boolean
  seed: number
  lang?: Language
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
 * common options, which may stand anywhere on the command line. Its help is in the language that `setLanguage` has set.
 */
export function createProgram({ name, version, description, examples = [] }: ProgramOptions): Command {
  const { options, help } = texts()
  const program = new Command(name)
    .description(description)
    .version(version, '--version', options.version)
    .helpOption('-h, --help', options.help)
    .helpCommand(false)
    .configureHelp({ ...helpLayout, showGlobalOptions: true })
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addOption(new Option('--json', options.json))
    .addOption(new Option('-q, --quiet', options.quiet))
    .addOption(new Option('--seed <n>', options.seed).argParser(integer({ min: 0 })).default(0))
    .addOption(new Option('--lang <name>', options.lang).choices(LANGUAGES))
    .addOption(new Option('--debug', options.debug))
  const lines = examples.map(([commandLine, meaning]) => `  # ${meaning}\n  ${commandLine}`)
  if (examples.length > 0) program.addHelpText('after', `\n${help.examples}\n${lines.join('\n')}`)
  return program
}
