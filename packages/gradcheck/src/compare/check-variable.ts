import { createRng } from '@gosa/linalg'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import { type Comparison, compare, entryRoutes } from './compare.ts'
import { randomRoute } from './directions.ts'
import type { Rules } from './rules.ts'
import { isTie } from './ties.ts'

/** Compares the given entries of a variable; wrong ones where kinks meet are pardoned as kinks. */
export function compareEntries(
  scalar: Scalar,
  variable: Variable,
  claims: Float64Array,
  entries: ArrayLike<number>,
  rules: Rules,
  { seed = 0, onEach }: { seed?: number; onEach?: () => void } = {},
): Comparison {
  const comparison = compare(scalar, variable, entryRoutes(variable, claims, entries), rules, onEach)
  if (rules.atKink === 'between' && !rules.tolerance) {
    const rng = createRng(seed)
    for (const [k, outcome] of comparison.outcome.entries()) {
      if (outcome !== 'wrong') continue
      if (!isTie(scalar, variable, entries[k], rules, rng)) break
      comparison.outcome[k] = 'kink'
    }
  }
  return { ...comparison, entries }
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
  const rng = createRng(seed)
  const routes = Array.from({ length: count }, () => randomRoute(variable, claims, rng))
  return compare(scalar, variable, routes, { ...rules, atKink: 'any' })
}
