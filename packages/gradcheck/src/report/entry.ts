import { Tensor } from '@gosa/linalg'
import type { Comparison } from '../compare/compare.ts'
import type { Compared } from '../compare/compare-all.ts'
import type { Outcome } from '../compare/judge.ts'
import { relativeError } from '../relative-error.ts'
import { indexOf } from './index-of.ts'
import type { Entry, Verdict } from './report.ts'

/** Below which part of the largest gradient an entry that agrees is measured against that part. */
const FLOOR = 1e-3

/** Sums up the comparison of a variable. */
export function entryOf({ variable, comparison, entries, mode }: Compared, cause?: string): Entry {
  const { name, value } = variable
  const { analytic, numerical, error, outcome } = comparison
  const { counts, total, maxRelativeError, worst } = summaryOf(comparison)
  return {
    name,
    shape: value.shape,
    verdict: verdictOf(counts),
    mode,
    compared: outcome.length,
    wrong: counts.wrong,
    unclear: counts.unclear,
    kinks: counts.kink,
    meanAbsoluteDifference: total / Math.max(1, outcome.length - counts.kink),
    maxRelativeError,
    maxNumericalError: error.reduce(greater, 0),
    ...(worst < 0 ? {} : { worst: worstAt(worst) }),
    ...(cause === undefined ? {} : { cause }),
    ...(mode === 'full'
      ? { analytic: new Tensor(analytic, value.shape), numerical: new Tensor(numerical, value.shape) }
      : {}),
  }

  function worstAt(k: number) {
    const index = entries ? indexOf(entries[k], value.shape) : [k]
    return { index, analytic: analytic[k], numerical: numerical[k] }
  }
}

/** How many entries have which outcome, the sum of their differences, the largest error, and which is worst; −1 for none. */
function summaryOf({ analytic, numerical, outcome }: Comparison) {
  const floor = FLOOR * Math.max(largestOf(analytic), largestOf(numerical))
  const counts: Record<Outcome, number> = { agrees: 0, kink: 0, wrong: 0, unclear: 0 }
  let [total, maxRelativeError, worst, worstError] = [0, 0, -1, -1]
  for (let k = 0; k < outcome.length; k++) {
    counts[outcome[k]]++
    if (outcome[k] === 'kink') continue
    const wrong = outcome[k] === 'wrong'
    const relative = relativeError(analytic[k], numerical[k], wrong ? 0 : floor)
    total += Math.abs(analytic[k] - numerical[k])
    maxRelativeError = greater(relative, maxRelativeError)
    // Wrong entries before all others.
    const rank = (Number.isNaN(relative) ? Infinity : relative) + (wrong ? 2 ** 30 : 0)
    if (rank > worstError) {
      worst = k
      worstError = rank
    }
  }
  return { counts, total, maxRelativeError, worst }
}

const verdictOf = ({ wrong, unclear }: Record<Outcome, number>): Verdict =>
  wrong > 0 ? 'fail' : unclear > 0 ? 'inconclusive' : 'pass'

/** The greater of two, NaN counting as greatest. */
const greater = (a: number, b: number): number => (a >= b || Number.isNaN(a) ? a : b)

function largestOf(numbers: Float64Array): number {
  let largest = 0
  for (const number of numbers) largest = Math.max(largest, Math.abs(number) || 0)
  return largest
}
