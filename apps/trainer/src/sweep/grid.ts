import { type CommandContext, usageError } from '@gosa/cli-kit'
import { createRng } from '@gosa/linalg'
import type { loadImages } from '../data/load-images.ts'
import { createNetwork } from '../model/create-network.ts'
import { resolveConfig } from '../options/config.ts'
import { parseFlag } from '../options/flags.ts'
import { isFullyConnected } from '../options/network-choice.ts'
import { withNetworkFile } from '../options/network-file.ts'
import {
  flagOf,
  isOptionKey,
  keyOf,
  type OptionKey,
  optionOf,
  type TrainOptions,
} from '../options/option-table.ts'
import { checkDependencies, findConflict } from '../options/validate.ts'
import { errorTexts } from '../texts/errors.ts'

/**
 * The grid of a sweep: parses `--sweep` into all combinations of values, and checks before the first run, with the data
 * loaded, that each of them could start.
 */

/** The runs of a sweep. */
export interface Grid {
  /** The flags that vary, without dashes: `learning-rate`. */
  readonly names: readonly string[]
  readonly combinations: readonly Combination[]
}

/** One value of each option that varies. */
export interface Combination {
  /** `learning-rate=0.1,hidden=30` */
  readonly name: string
  readonly values: Readonly<Partial<TrainOptions>>
  /** The values as they were typed. */
  readonly typed: readonly string[]
}

/** An option that varies, with its values as they were typed and as they were parsed. */
interface Axis {
  readonly key: OptionKey
  readonly values: readonly (readonly [typed: string, value: unknown])[]
}

/** The grid that `--sweep` asks for. Throws a usage `CommandError`, before any run starts, if one of them could not start. */
export async function createGrid(
  { options, given, output, env }: CommandContext<TrainOptions>,
  signal: AbortSignal,
  load: typeof loadImages,
): Promise<Grid> {
  if (options.book) throw usageError(errorTexts().sweep.book)
  const axes = (options.sweep ?? []).map(parseAxis)
  const keys = axes.map(({ key }) => key)
  for (const [i, key] of keys.entries()) {
    if (given.has(key)) throw usageError(errorTexts().sweep.givenByItself(flagOf(key)))
    if (keys.indexOf(key) < i) throw usageError(errorTexts().sweep.givenTwice(flagOf(key)))
  }
  const all = new Set([...given, ...keys])
  const conflict = findConflict(all)
  if (conflict) throw usageError(errorTexts().options.conflict(flagOf(conflict[0]), flagOf(conflict[1])))
  const combinations = combine(axes)
  for (const { values } of combinations) {
    const combined = await withNetworkFile({ ...options, ...values })
    checkDependencies(combined, all)
    const { dtype } = combined
    const data = await load(combined, { env, signal, progress: output.progress, dtype })
    const config = resolveConfig(combined, data, '')
    if (!isFullyConnected(config)) createNetwork(config, data, createRng(0))
  }
  return { names: keys.map((key) => flagOf(key).slice(2)), combinations }
}

/** Parses `learning-rate=0.1,0.3`. Throws a usage `CommandError` that names what is wrong. */
function parseAxis(text: string): Axis {
  const { sweep } = errorTexts()
  const wrong = (why: string) => usageError(sweep.wrong(text, why))
  const [name, typed, ...more] = text.split('=')
  if (!typed || more.length > 0) throw wrong(sweep.form)
  const key = keyOf(name)
  if (!isOptionKey(key) || !canVary(key)) throw wrong(sweep.cannotVary(name))
  const values = typed.split(',').map((value) => {
    try {
      return [value, parseFlag(optionOf(key).kind, value)] as const
    } catch (error) {
      throw wrong(sweep.value(value, flagOf(key), (error as Error).message))
    }
  })
  if (new Set(values.map(([value]) => value)).size < values.length) throw wrong(sweep.valueTwice)
  return { key, values }
}

function canVary(key: OptionKey): boolean {
  const { scope, fixedInSweep } = optionOf(key)
  return !fixedInSweep && scope !== 'command' && scope !== 'record'
}

/** Each value of each axis with each of the others; the last axis varies fastest. */
const combine = (axes: readonly Axis[]): Combination[] =>
  axes.reduce<Combination[]>(
    (before, { key, values }) =>
      before.flatMap(({ name, values: others, typed }) =>
        values.map(([text, value]) => ({
          name: `${name && `${name},`}${flagOf(key).slice(2)}=${text}`,
          values: { ...others, [key]: value },
          typed: [...typed, text],
        })),
      ),
    [{ name: '', values: {}, typed: [] }],
  )
