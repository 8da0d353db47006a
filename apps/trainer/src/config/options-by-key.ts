import { createProgram } from '@gosa/cli-kit'
import { Command, type Option } from 'commander'
import { type ConfigKey, isConfigKey } from './config-keys.ts'
import { addTrainOptions } from './train-options.ts'

/** `--batch-size` of `batchSize`. */
export const flagOf = (key: string): string =>
  `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** `batchSize` of `batch-size`. */
export const keyOf = (flag: string): string =>
  flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** All options of `train`, those that it shares with other commands too. */
export const allOptions = (): Option[] => [
  ...addTrainOptions(new Command()).options,
  ...createProgram({ name: '', version: '', description: '' }).options.filter(
    ({ long }) => long === '--seed',
  ),
]

/** The options that a configuration file can hold, by their keys there. */
export function optionsByKey(): ReadonlyMap<ConfigKey, Option> {
  const pairs = allOptions()
    .filter(({ negate }) => !negate)
    .map((option) => [option.attributeName(), option] as const)
  return new Map(pairs.filter((pair): pair is [ConfigKey, Option] => isConfigKey(pair[0])))
}

/** With which others an option cannot be used; commander keeps them, but its types do not say so. */
export const conflictsOf = (option: object): string[] =>
  (option as { conflictsWith?: string[] }).conflictsWith ?? []
