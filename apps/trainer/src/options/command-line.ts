import { type Environment, shellWord } from '@gosa/cli-kit'
import type { Config } from './config.ts'
import { networkName } from './network-choice.ts'
import { flagOf, optionEntries } from './option-table.ts'

/** Command lines for people to copy: one that repeats a run, and one that continues it. */

/**
 * The command line that repeats a run: each option whose value is not the default, and the seed, on which everything
 * depends.
 */
export function trainCommand(config: Config): string {
  const flags = optionEntries().flatMap(([key, { scope = 'run', ...entry }]) => {
    const value = config[key as keyof Config]
    const isDefault =
      (value === entry.default && key !== 'seed') || (key === 'network' && value === impliedNetwork(config))
    if (scope !== 'run' || value === undefined || value === false || isDefault) return []
    return value === true
      ? [flagOf(key)]
      : [
          flagOf(key),
          shellWord(
            typeof value === 'object' && !Array.isArray(value) ? JSON.stringify(value) : String(value),
          ),
        ]
  })
  return ['gosa-trainer', 'train', ...flags].join(' ')
}

/** The network that the other options select by themselves. */
const impliedNetwork = (config: Config): string => networkName({ ...config, network: undefined })

/** The command line that continues the run or the sweep in a folder. */
export const resumeCommand = (folder: string, env: Environment): string =>
  `${env.npm_lifecycle_event === 'start' ? 'npm start --' : 'gosa-trainer'} train --resume ${shellWord(folder)}`
