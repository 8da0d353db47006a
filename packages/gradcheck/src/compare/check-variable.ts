import { createRng } from '@gosa/linalg'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import { type Comparison, compare } from './compare.ts'
import { DirectionLines } from './direction-lines.ts'
import { EntryLines } from './entry-lines.ts'
import type { Rules } from './rules.ts'
import { isTie } from './ties.ts'

/** Compares the given entries of a variable; wrong ones where kinks meet are pardoned as kinks. */
export function compareEntries(
  scalar: Scalar,
  variable: Variable,
  claims: Float64Array,
  entries: Int32Array,
  rules: Rules,
  { seed, onEach }: { seed: number; onEach?: () => void },
): Comparison {
  const claimed = Float64Array.from(entries, (i) => claims[i])
  const comparison = compare(new EntryLines(scalar, variable, entries), claimed, rules, onEach)
  if (rules.atKink !== 'between' || rules.tolerance) return comparison
  const rng = createRng(seed)
  for (const [k, outcome] of comparison.outcome.entries()) {
    if (outcome !== 'wrong') continue
    if (!isTie(scalar, variable, entries[k], rules, rng)) break
    comparison.outcome[k] = 'kink'
  }
  return comparison
}

/** Compares a variable as a whole along random directions. */
export function compareDirections(
  scalar: Scalar,
  variable: Variable,
  claims: Float64Array,
  count: number,
  rules: Rules,
  seed: number,
): Comparison {
  const lines = new DirectionLines(scalar, variable, count, createRng(seed))
  return compare(lines, lines.slopesFrom(claims), { ...rules, atKink: 'any' })
}
