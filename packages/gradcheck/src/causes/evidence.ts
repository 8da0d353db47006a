import type { Shape } from '@gosa/linalg'
import type { Compared } from '../compare/compare-all.ts'
import type { Scalar } from '../subject/scalar.ts'

/** A wrong gradient, and all that it may be explained by. */
export interface Evidence {
  readonly analytic: Float64Array
  readonly numerical: Float64Array
  readonly shape: Shape
  /** Which entries are wrong. */
  readonly wrong: readonly number[]
  readonly scalar: Scalar
  readonly compared: Compared
  /** All variables, this one among them. */
  readonly all: readonly Compared[]
  /** Whether a number is the numerical gradient at entry k, to a few digits; at kinks any is. */
  is(number: number, k: number): boolean
}

/** What would explain it, to be read after "it"; undefined where this candidate does not. */
export type Candidate = (evidence: Evidence) => string | undefined

/** How close a candidate must come, in parts of the largest entry. */
const CLOSE = 1e-6

export function evidenceOf(compared: Compared, all: readonly Compared[], scalar: Scalar): Evidence {
  const { analytic, numerical, error, outcome } = compared.comparison
  const errors = error.filter(Number.isFinite)
  const largest = numerical.reduce((most, n) => Math.max(most, Math.abs(n) || 0), 0)
  const tolerance = Math.max(CLOSE * largest, ...errors.map((one) => 4 * one))
  return {
    analytic,
    numerical,
    shape: compared.variable.value.shape,
    wrong: outcome.flatMap((is, k) => (is === 'wrong' ? [k] : [])),
    scalar,
    compared,
    all,
    is: (number, k) => outcome[k] === 'kink' || Math.abs(number - numerical[k]) <= tolerance,
  }
}

/** Whether a whole gradient, made entry by entry, is the numerical one. */
export const isAll = ({ numerical, is }: Evidence, candidate: (k: number) => number): boolean =>
  numerical.every((_, k) => is(candidate(k), k))
