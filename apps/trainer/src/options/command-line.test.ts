import { execFileSync } from 'node:child_process'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { resumeCommand, trainCommand } from './command-line.ts'
import { resolveConfig } from './config.ts'
import { addTrainOptions } from './flags.ts'
import type { TrainOptions } from './option-table.ts'

/** The options of the words after `gosa-trainer train`. */
function parsed(words: readonly string[]): TrainOptions {
  const command = addTrainOptions(new Command()).option('--seed <n>', '', Number, 0)
  return command.exitOverride().parse(words, { from: 'user' }).opts()
}

const images = { t: new Uint8Array(1000) }
const data = {
  name: 'digits',
  generated: true,
  height: 28,
  width: 28,
  classes: 10,
  train: images,
  test: images,
}
const configOf = (words: readonly string[]) => resolveConfig(parsed(words), data as never, 'abc')

describe('trainCommand', () => {
  it.each([
    [[]],
    [['--hidden', '30', '--optimizer', 'adam', '--dtype', 'float64', '--weight-init-std', 'he']],
    [['--layers', '784,20,20,10', '--activation', 'tanh', '--epochs', '2', '--batch-size', '64']],
    [['--schedule', 'cosine', '--warm-up', '5', '--weight-decay', '0.001', '--sampling', 'epochs']],
    [['--schedule', 'step', '--step-every', '10', '--validation', '0.1', '--patience', '3']],
    [['--data', 'a folder', '--train-size', '100', '--checkpoint-every', '30s', '--threads', '2']],
    [['--book', '--seed', '7']],
  ])('repeats the configuration of %j', (words) => {
    const config = configOf(words)
    const [name, train, ...again] = trainCommand(config).match(/'[^']*'|\S+/g) ?? []
    expect([name, train]).toEqual(['gosa-trainer', 'train'])
    expect(configOf(again.map((word) => word.replaceAll("'", '')))).toEqual(config)
  })

  it('always names the seed', () => {
    expect(trainCommand(configOf([]))).toContain(' --seed 0')
  })
})

describe('resumeCommand', () => {
  it('is what a user of npm start or of gosa-trainer types', () => {
    expect(resumeCommand('a run', {})).toBe("gosa-trainer train --resume 'a run'")
    expect(resumeCommand('run', { npm_lifecycle_event: 'start' })).toBe('npm start -- train --resume run')
  })

  it.each(['$(touch x)', "a'b", 'a\nrm -r b', '-x', '`x`', '!!', '\x1b[2J'])(
    'gives a shell and the command the folder %j, and nothing else',
    (folder) => {
      const line = resumeCommand(folder, {}).replace('gosa-trainer train', "printf '%s\\0'")
      const words = execFileSync('bash', ['-c', line], { encoding: 'utf8' }).split('\0').slice(0, -1)
      expect(parsed(words)).toMatchObject({ resume: folder })
    },
  )
})
