import { Command } from 'commander'
import { expect, it } from 'vitest'
import { resolveConfig } from '../config/resolve-config.ts'
import { addTrainOptions, type TrainOptions } from '../config/train-options.ts'
import { commandLine } from './command-line.ts'

/** What commander makes of words after `gosa-trainer train`. */
function parsed(words: readonly string[]): TrainOptions & { seed: number } {
  const command = addTrainOptions(new Command()).option('--seed <n>', '', Number, 0)
  return command.exitOverride().parse(words, { from: 'user' }).opts()
}

const images = { labels: new Uint8Array(1000) }
const data = {
  name: 'digits',
  generated: true,
  height: 28,
  width: 28,
  classes: 10,
  train: images,
  test: images,
}
const configOf = (words: readonly string[]) => resolveConfig(parsed(words), data as never)

it.each([
  [[]],
  [['--hidden', '30', '--optimizer', 'adam', '--dtype', 'float64', '--seed', '7', '--weight-init-std', 'he']],
  [['--layers', '784,20,20,10', '--activation', 'tanh', '--epochs', '2', '--batch-size', '64']],
  [['--schedule', 'cosine', '--warm-up', '5', '--weight-decay', '0.001', '--sampling', 'epochs']],
  [['--schedule', 'step', '--step-every', '10', '--validation', '0.1', '--patience', '3']],
  [['--data', 'a folder', '--train-size', '100', '--checkpoint-every', '30s', '--threads', '2']],
])('the command line of %j gives its configuration again', (words) => {
  const config = configOf(words)
  const [name, train, ...again] = commandLine(config).match(/"[^"]*"|\S+/g) ?? []
  expect([name, train]).toEqual(['gosa-trainer', 'train'])
  expect(configOf(again.map((word) => word.replaceAll('"', '')))).toEqual(config)
})

it('the seed is always said', () => {
  expect(commandLine(configOf([]))).toContain(' --seed 0')
})
