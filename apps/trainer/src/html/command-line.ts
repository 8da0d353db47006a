import type { Config } from '../config/config.ts'
import { allOptions } from '../config/options-by-key.ts'
import { quoted } from '../report/quoted.ts'

/**
 * The command line that runs a configuration again: each option of which the value is not the default, and the seed, on
 * which everything depends.
 */
export function commandLine(config: Config): string {
  const values = new Map<string, unknown>(Object.entries(config))
  const words = allOptions()
    .filter(({ negate }) => !negate)
    .flatMap((option) => {
      const value = values.get(option.attributeName())
      const isDefault = value === option.defaultValue && option.long !== '--seed'
      if (value === undefined || value === false || isDefault) return []
      return value === true ? [option.long] : [option.long, quoted(String(value))]
    })
  return ['gosa-trainer', 'train', ...words].join(' ')
}
