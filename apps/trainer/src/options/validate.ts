import { usageError } from '@gosa/cli-kit'
import * as v from 'valibot'
import { errorTexts } from '../texts/errors.ts'
import { optionTexts } from '../texts/options.ts'
import { networkName } from './network-choice.ts'
import {
  flagOf,
  isOptionKey,
  keyOf,
  type OptionKey,
  optionEntries,
  optionOf,
  type TrainOptions,
} from './option-table.ts'
import type { ValueKind } from './value-kinds.ts'

/**
 * Validates options, one by one and together, from files and from flags. Messages name the option, what came and what
 * fits; for a misspelt name they say which one was probably meant.
 */

/** The values of a configuration, by option. */
export type ConfigValues = Partial<Record<OptionKey, unknown>>

/**
 * Validates the content of a configuration file. Throws a usage `CommandError` that names the file and the key if a key is
 * unknown, a value does not fit, or two options conflict.
 */
export function validateConfig(file: string, content: unknown): ConfigValues {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw usageError(errorTexts().options.notObject(file))
  }
  const entries = Object.entries(content).filter(([key]) => key !== '$schema')
  for (const [key, value] of entries) {
    if (!isOptionKey(key) || optionOf(key).scope === 'command') {
      throw usageError(errorTexts().options.unknownKey(file, key, keyHint(key)))
    }
    const { kind } = optionOf(key)
    if (!v.is(kind.schema, value)) {
      throw usageError(
        errorTexts().options.wrongValue(file, key, expectation(kind, value), JSON.stringify(value)),
      )
    }
  }
  const values: ConfigValues = Object.fromEntries(entries)
  const conflict = findConflict(Object.keys(values))
  const { options } = errorTexts()
  if (conflict) throw usageError(options.inFile(file, options.conflict(conflict[0], conflict[1])))
  return values
}

/** Two of these options that cannot be used together, if there are any. */
export function findConflict(keys: Iterable<string>): readonly [string, string] | undefined {
  const given = new Set(keys)
  for (const [key, { conflicts }] of optionEntries()) {
    if (conflicts && given.has(key) && given.has(conflicts)) return [key, conflicts]
  }
  return undefined
}

/**
 * Checks options that depend on each other. Throws a usage `CommandError` if a given option has no effect because another
 * one has the wrong value, or if one is missing.
 */
export function checkDependencies(options: TrainOptions, given: ReadonlySet<string>): void {
  const texts = errorTexts().options
  for (const [key, { requires, networks = [] }] of optionEntries()) {
    if (!given.has(key) || isEffective(key, options)) continue
    if (!requires) throw usageError(texts.otherNetwork(flagOf(key), networks.join(', ')))
    throw usageError(texts.noEffect(flagOf(key), [flagOf(requires[0]), requires[1]].join(' ').trim()))
  }
  if (options.network === 'two-layer' && options.layers && options.layers.length !== 3) {
    throw usageError(texts.notTwoLayers(options.layers.join(',')))
  }
  if (options.schedule === 'step' && options.stepEvery === undefined) {
    throw usageError(texts.needsStepEvery)
  }
}

/** Whether an option has an effect: the network has it, and the option that it requires, if any, has the right value. */
export function isEffective(key: OptionKey, options: Partial<TrainOptions>): boolean {
  const { requires, networks } = optionOf(key)
  const name = networkName(options)
  if (networks && !networks.some((one) => one === name)) return false
  if (!requires) return true
  const [other, expected] = requires
  const value = options[other as OptionKey]
  return expected === undefined ? Boolean(value) : value === expected
}

/** What fits an option, and which of its names was probably meant: `one of sgd, adam (Did you mean adam?)`. */
export function expectation({ expected, names = [] }: ValueKind<unknown>, value: unknown): string {
  const meant = typeof value === 'string' ? closestMatch(value, names) : undefined
  return meant ? optionTexts().expected.meant(expected(), meant) : expected()
}

function keyHint(key: string): string {
  const known = optionEntries()
    .filter(([, { scope }]) => scope !== 'command' && scope !== 'record')
    .map(([name]) => name)
  const meant = closestMatch(keyOf(key), known)
  const { options } = errorTexts()
  return meant ? options.meantKey(meant) : options.knownKeys(known.join(', '))
}

/** The most edits between a word and the one that was meant. */
const MAX_EDITS = 2

/**
 * The candidate of which `word` is probably a misspelling, ignoring case: at most two edits away, and fewer than half of
 * the letters.
 */
export function closestMatch(word: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({
      candidate,
      edits: editDistance(word.toLowerCase(), candidate.toLowerCase()),
    }))
    .filter(
      ({ candidate, edits }) => edits <= MAX_EDITS && 2 * edits < Math.max(word.length, candidate.length),
    )
    .sort((a, b) => a.edits - b.edits)
  return ranked[0]?.candidate
}

/** The number of letters to insert, delete, replace or swap with a neighbour (Damerau and Levenshtein). */
export function editDistance(a: string, b: string): number {
  const d = Array.from({ length: a.length + 1 }, (_, i) => [i])
  for (let j = 1; j <= b.length; j++) d[0][j] = j
  for (let i = 1; i <= a.length; i++) {
    for (let j = 1; j <= b.length; j++) {
      const replaced = d[i - 1][j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1)
      d[i][j] = Math.min(d[i - 1][j] + 1, d[i][j - 1] + 1, replaced)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1)
      }
    }
  }
  return d[a.length][b.length]
}
