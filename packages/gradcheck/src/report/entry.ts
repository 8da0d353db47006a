import { Tensor } from '@gosa/linalg'
import type { Comparison } from '../compare/compare.ts'
import { relativeError } from '../relative-error.ts'
import type { Variable } from '../subject/operation.ts'
import { indexOf } from './index-of.ts'
import type { Entry, Verdict, Worst } from './report.ts'

/** Below which part of the largest gradient an entry that agrees is measured against that part. */
const FLOOR = 1e-3

/** Sums up the comparison of a variable. */
export function entryOf(
  { name, value }: Variable,
  { entries, analytic, numerical, error, outcome }: Comparison,
  mode: Entry['mode'],
  cause?: string,
): Entry {
  const count = (is: string): number => outcome.filter((one) => one === is).length
  const counted = outcome.flatMap((is, k) => (is === 'kink' ? [] : [k]))
  const floor = FLOOR * largest([...analytic, ...numerical])
  const relative = (k: number): number =>
    relativeError(analytic[k], numerical[k], outcome[k] === 'wrong' ? 0 : floor)
  const worst = worstOf(counted.length > 0 ? counted : outcome.map((_, k) => k), outcome, relative)
  const differences = counted.map((k) => Math.abs(analytic[k] - numerical[k]))
  const whole = mode === 'full' && analytic.length === value.size
  return {
    name,
    shape: value.shape,
    verdict: verdictOf(count('wrong'), count('unclear')),
    mode,
    compared: outcome.length,
    wrong: count('wrong'),
    unclear: count('unclear'),
    kinks: count('kink'),
    meanAbsoluteDifference: differences.reduce((sum, d) => sum + d, 0) / Math.max(1, differences.length),
    maxRelativeError: counted.reduce((most, k) => greater(most, relative(k)), 0),
    maxNumericalError: error.reduce((most, one) => greater(most, one), 0),
    worst: worst === undefined ? undefined : worstAt(worst),
    ...(cause === undefined ? {} : { cause }),
    ...(whole
      ? { analytic: new Tensor(analytic, value.shape), numerical: new Tensor(numerical, value.shape) }
      : {}),
  }

  function worstAt(k: number): Worst {
    const index = entries ? indexOf(entries[k], value.shape) : [k]
    return { index, analytic: analytic[k], numerical: numerical[k] }
  }
}

const verdictOf = (wrong: number, unclear: number): Verdict =>
  wrong > 0 ? 'fail' : unclear > 0 ? 'inconclusive' : 'pass'

/** The largest relative error, of wrong entries if there are any. */
function worstOf(
  among: readonly number[],
  outcome: Comparison['outcome'],
  relative: (k: number) => number,
): number | undefined {
  const wrong = among.filter((k) => outcome[k] === 'wrong')
  const from = wrong.length > 0 ? wrong : among
  return from.reduce<number | undefined>(
    (worst, k) => (worst === undefined || !(relative(k) <= relative(worst)) ? k : worst),
    undefined,
  )
}

/** The greater of two, NaN counting as greatest. */
const greater = (a: number, b: number): number => (a >= b || Number.isNaN(a) ? a : b)

const largest = (numbers: readonly number[]): number =>
  numbers.reduce((most, number) => Math.max(most, Math.abs(number) || 0), 0)
