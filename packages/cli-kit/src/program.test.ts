import { type Command, Option } from 'commander'
import { describe, expect, it } from 'vitest'
import { createProgram } from './program.ts'

const program = () =>
  createProgram({
    name: 'gosa-test',
    version: '1.2.3',
    description: 'A command for tests.',
    examples: [['gosa-test', 'does nothing']],
  })

/** The options of a command line. */
function parsed(...argv: string[]) {
  const command = program().action(() => {})
  command.parse(argv, { from: 'user' })
  return command.opts()
}

const helpOf = (command: Command): string => {
  let help = ''
  command.configureOutput({ writeOut: (text) => void (help += text) }).outputHelp()
  return help
}

describe('createProgram', () => {
  it('adds the common options; the default seed is 0', () => {
    expect(parsed()).toEqual({ seed: 0 })
    expect(parsed('--json', '-q', '--seed', '7', '--debug')).toEqual({
      json: true,
      quiet: true,
      seed: 7,
      debug: true,
    })
  })

  it('lists the common options in the help, with the examples below', () => {
    const help: string[] = []
    const command = program().configureOutput({ writeOut: (text) => help.push(text) })
    expect(() => command.parse(['--help'], { from: 'user' })).toThrow()
    for (const option of ['--help', '--version', '--json', '--quiet', '--seed', '--debug']) {
      expect(help.join('')).toContain(option)
    }
    expect(help.join('')).toMatch(/Examples:\n {2}# does nothing\n {2}gosa-test/)
  })

  it.each([40, 60, 200])('wraps the help to %i columns, descriptions included', (columns) => {
    const command = program().configureOutput({ getOutHelpWidth: () => columns })
    command.command('sub').addOption(new Option('--a-rather-long-option <folder>', 'folder of the output'))
    for (const help of [helpOf(command), helpOf(command.commands[0])]) {
      for (const line of help.split('\n')) expect(line.length).toBeLessThanOrEqual(columns)
      expect(help.replace(/\s+/g, ' ')).toContain('seed of the random number generator (')
    }
  })

  it('passes the common options to its commands, wherever they stand on the command line', () => {
    for (const line of ['--json sub --size 3', 'sub --size 3 --json']) {
      let seen: unknown
      const command = program()
      command
        .command('sub')
        .addOption(new Option('--size <n>'))
        .action((_options, sub) => {
          seen = sub.optsWithGlobals()
        })
      command.parse(line.split(' '), { from: 'user' })
      expect(seen).toMatchObject({ json: true, size: '3' })
    }
  })

  it.each([['--sed'], ['--seed', 'x'], ['--seed', '-1'], ['--seed'], ['stray']])(
    'refuses %s %s',
    (...argv) => {
      expect(() => parsed(...argv)).toThrow()
    },
  )
})
