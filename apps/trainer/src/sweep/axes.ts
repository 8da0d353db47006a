import { usageError } from '@gosa/cli-kit'
import { type ConfigKey, isConfigKey } from '../config/config-keys.ts'
import { flagOf, keyOf, optionsByKey } from '../config/options-by-key.ts'
import type { TrainOptions } from '../config/train-options.ts'

/** An option, and the values that it is tried with. */
export interface Axis {
  readonly key: ConfigKey
  /** The values as they were typed, and as the option reads them. */
  readonly values: readonly (readonly [typed: string, value: unknown])[]
}

/** What a sweep cannot vary. */
const FIXED = new Set<string>(['out', 'book'])

/** Reads `--sweep learning-rate=0.1,0.3`. Throws a `CommandError` of usage that names what is wrong. */
export function axisOf(text: string): Axis {
  const wrong = (why: string) => usageError(`--sweep ${text}: ${why}`)
  const [name, typed, ...more] = text.split('=')
  if (!typed || more.length > 0) throw wrong('write an option and its values, as in learning-rate=0.1,0.3')
  const key = keyOf(name)
  const option = isConfigKey(key) && !FIXED.has(key) ? optionsByKey().get(key) : undefined
  if (!isConfigKey(key) || !option)
    throw wrong(`'${name}' is no option that can be tried with several values`)
  const values = typed.split(',').map((one) => {
    try {
      return [one, option.parseArg ? option.parseArg(one, undefined) : one] as const
    } catch (error) {
      throw wrong(`'${one}' is no value of ${flagOf(key)}. ${(error as Error).message}`)
    }
  })
  if (new Set(values.map(([one]) => one)).size < values.length) throw wrong('a value stands there twice')
  return { key, values }
}

/** One value of each axis, by key, and in words: `learning-rate=0.1,hidden=30`. */
export interface Combination {
  readonly name: string
  readonly values: Readonly<Partial<TrainOptions & { seed: number }>>
  readonly typed: readonly string[]
}

/** Each value of each axis with each of the others, the last axis changing first. */
export const combinations = (axes: readonly Axis[]): Combination[] =>
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
