import { type loadData, type Run, usageError } from '@gosa/cli-kit'
import { conflictsOf, flagOf, optionsByKey } from '../config/options-by-key.ts'
import { resolveConfig } from '../config/resolve-config.ts'
import { checkTogether } from '../config/together.ts'
import type { TrainOptions } from '../config/train-options.ts'
import { axisOf, type Combination, combinations } from './axes.ts'

/** The runs of a sweep. */
export interface Plan {
  /** The options that vary, as they are written: `learning-rate`. */
  readonly names: readonly string[]
  readonly cells: readonly Combination[]
}

/**
 * The runs that `--sweep` asks for. Throws a `CommandError` of usage where one of them could not even begin, before any
 * does.
 */
export async function planOf(
  { options, given, output, env }: Run<TrainOptions>,
  signal: AbortSignal,
  load: typeof loadData,
): Promise<Plan> {
  if (options.book) throw usageError("--sweep cannot be used with --book: the chapter's loop is one run")
  const axes = (options.sweep ?? []).map(axisOf)
  const keys = axes.map(({ key }) => key)
  for (const [i, key] of keys.entries()) {
    if (given.has(key)) throw usageError(`${flagOf(key)} is given both on its own and by --sweep`)
    if (keys.indexOf(key) < i) throw usageError(`${flagOf(key)} is given by --sweep twice`)
  }
  const all = new Set([...given, ...keys])
  for (const [key, option] of optionsByKey()) {
    const other = conflictsOf(option).find((name) => all.has(key) && all.has(name))
    if (other) throw usageError(`${flagOf(key)} cannot be used with ${flagOf(other)}`)
  }
  const cells = combinations(axes)
  for (const { values } of cells) {
    const own = { ...options, ...values }
    checkTogether(own, all)
    const { dtype } = own
    resolveConfig(own, await load(own, { env, signal, progress: output.progress, dtype }))
  }
  return { names: keys.map((key) => flagOf(key).slice(2)), cells }
}
