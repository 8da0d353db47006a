import type { CommandContext } from '@gosa/cli-kit'
import { readJson } from '../files/files.ts'
import { type OptionKey, optionEntries, optionOf, type TrainOptions } from './option-table.ts'
import { isEffective, validateConfig } from './validate.ts'

/**
 * The options of a command with those of its `--config` file, if it has one, as if they had been typed. Typed flags win: what
 * they set, conflict with or make ineffective is left out of the file. Throws a `CommandError` if the file cannot be read or
 * does not validate.
 */
export async function withConfigFile(
  context: CommandContext<TrainOptions>,
): Promise<CommandContext<TrainOptions>> {
  const { options, given } = context
  if (options.config === undefined) return context
  const values = validateConfig(options.config, await readJson(options.config))
  const overridden = new Set<string>(given)
  for (const [key, { conflicts }] of optionEntries()) {
    if (!conflicts) continue
    if (given.has(key)) overridden.add(conflicts)
    if (given.has(conflicts)) overridden.add(key)
  }
  // A network of one hidden layer yields to options that only one with more of them has.
  const asksForMore = (['layers', 'dropout', 'batchNorm'] as const).some((key) => given.has(key))
  if (asksForMore && values.network === 'two-layer') overridden.add('network')
  const isTaken = (key: OptionKey) => !overridden.has(key) && optionOf(key).scope !== 'record'
  const keys = (Object.keys(values) as OptionKey[]).filter(isTaken)
  const merged = { ...options, ...Object.fromEntries(keys.map((key) => [key, values[key]])) }
  const changed = new Set<string>(given)
  for (const [key, { requires, networks }] of optionEntries()) {
    const cause = requires?.[0] ?? (networks ? 'network' : '')
    if (!changed.has(cause) || given.has(key) || isEffective(key, merged)) continue
    delete merged[key]
    changed.add(key)
  }
  return { ...context, options: merged, given: new Set([...given, ...keys.filter((key) => key in merged)]) }
}
