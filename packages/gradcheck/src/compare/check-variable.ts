import { createRng } from '@gosa/linalg'
import { whileMoved } from '../numeric/while-moved.ts'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import { claimRounding } from './claim-rounding.ts'
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
  const lines = new EntryLines(scalar, variable, entries)
  const comparison = whileMoved(variable.value, () => compare(lines, claimed, rules, onEach), rules.h)
  if (!rules.tolerance) pardonRounding(comparison, scalar, variable, entries)
  if (!rules.tolerance && rules.atKink === 'between') {
    pardonTies(comparison, scalar, variable, entries, rules, seed)
  }
  return comparison
}

/** Lets entries pass that are off by no more than the claimed gradient's own rounding. */
function pardonRounding(
  { outcome, analytic, numerical, error }: Comparison,
  scalar: Scalar,
  variable: Variable,
  entries: Int32Array,
): void {
  if (!outcome.includes('wrong')) return
  const rounding = claimRounding(scalar)[scalar.operation.variables.indexOf(variable)]
  for (const [k, i] of entries.entries()) {
    const off = Math.abs(analytic[k] - numerical[k])
    if (outcome[k] === 'wrong' && rounding && off <= error[k] + rounding[i]) outcome[k] = 'agrees'
  }
}

/** Lets entries pass that sit where several kinks meet, up to the first that does not. */
function pardonTies(
  { outcome }: Comparison,
  scalar: Scalar,
  variable: Variable,
  entries: Int32Array,
  rules: Rules,
  seed: number,
): void {
  const rng = createRng(seed)
  for (const [k, i] of entries.entries()) {
    if (outcome[k] !== 'wrong') continue
    if (!isTie(scalar, variable, i, rules, rng)) return
    outcome[k] = 'kink'
  }
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
