import { contains, type DerivativeEstimate } from '../numeric/estimate.ts'
import type { PerturbedFunction } from '../numeric/finite-differences.ts'
import { differenceFormula } from '../numeric/numerical-gradient.ts'
import { type OneSidedDerivatives, oneSidedDerivatives } from '../numeric/one-sided.ts'
import { richardson } from '../numeric/richardson.ts'
import type { ComparisonRules } from './rules.ts'

/** The rules by which one analytic derivative is judged against the numerical one. */

/**
 * The outcome for one analytic derivative: `agrees` if it lies within the error of the numerical one, `kink` if it lies between the
 * one-sided derivatives at a kink, `wrong` if it lies outside, `unclear` if the error is too large to tell.
 */
export type Outcome = 'agrees' | 'kink' | 'wrong' | 'unclear'

/** A numerical derivative with the outcome of its comparison. */
export interface Judgement extends DerivativeEstimate {
  readonly outcome: Outcome
}

/** A first estimate by the method of the rules. Its error is the rounding error, for Richardson that of its table too. */
export function firstEstimate(
  f: PerturbedFunction,
  step: number,
  { method }: ComparisonRules,
): DerivativeEstimate {
  if (method === 'richardson') return richardson(f, step)
  const value = differenceFormula(method)(f, step)
  return { value, error: f.maxRoundingError / step }
}

/** PyTorch's rule: `|analytic − numerical| ≤ atol + rtol·|numerical|`. */
export function judgeByTolerance(
  { value, error }: DerivativeEstimate,
  analytic: number,
  rules: ComparisonRules,
): Judgement {
  const { rtol, atol } = rules.tolerance as { rtol: number; atol: number }
  const agrees = Math.abs(analytic - value) <= atol + rtol * Math.abs(value)
  return { value, error, outcome: agrees ? 'agrees' : 'wrong' }
}

/**
 * Whether a symmetric difference may decide. At a kink it gives the mean of the one-sided derivatives: right if any value
 * between them is accepted, wrong if only one of them is.
 */
export const acceptsSymmetricDifference = ({ atKink }: ComparisonRules): boolean =>
  atKink === 'between' || atKink === 'any'

/** A symmetric difference decides alone if its error is at most this part of the derivative. */
const MAX_RELATIVE_ERROR_TO_DECIDE = 1e-6

/** The settings of a thorough search: its largest step, its depth, and the error that rounding may hide. */
export interface SearchSettings {
  /** The first and largest step. */
  readonly step: number
  readonly halvings: number
  /** The part of a derivative that rounding may hide altogether. */
  readonly roundingTolerance: number
}

/** Judges with all means: from both sides, at all scales, with measured noise. */
export function judgeThoroughly(
  f: PerturbedFunction,
  analytic: number,
  { step, halvings, roundingTolerance }: SearchSettings,
  rules: ComparisonRules,
): Judgement {
  const symmetric = richardson(f, step)
  if (
    acceptsSymmetricDifference(rules) &&
    isNear(symmetric, analytic, roundingTolerance) &&
    symmetric.error <= MAX_RELATIVE_ERROR_TO_DECIDE * Math.abs(symmetric.value)
  ) {
    return { ...symmetric, outcome: 'agrees' }
  }
  const derivatives = oneSidedDerivatives(f, step, halvings)
  const judgement = derivatives.twoSided
    ? judgeSmooth(derivatives, derivatives.twoSided, analytic, roundingTolerance)
    : judgeKink(derivatives, analytic, roundingTolerance, rules)
  const isRightBesideKink = () =>
    derivatives.besideKink.some((one) => isNear(one, analytic, roundingTolerance))
  return judgement.outcome === 'wrong' && isRightBesideKink() ? { ...judgement, outcome: 'kink' } : judgement
}

/** With a kink in reach, an error above this part of the derivative means that the kink leaves too little room. */
const MAX_RELATIVE_ERROR_NEAR_KINK = 1e-4

function judgeSmooth(
  { hasKinkInReach }: OneSidedDerivatives,
  twoSided: DerivativeEstimate,
  analytic: number,
  roundingTolerance: number,
): Judgement {
  if (twoSided.error === Infinity) return { ...twoSided, outcome: 'unclear' }
  if (!isNear(twoSided, analytic, roundingTolerance)) return { ...twoSided, outcome: 'wrong' }
  const isAtKink = hasKinkInReach && twoSided.error > MAX_RELATIVE_ERROR_NEAR_KINK * Math.abs(twoSided.value)
  return { ...twoSided, outcome: isAtKink ? 'kink' : 'agrees' }
}

function judgeKink(
  { left, right }: OneSidedDerivatives,
  analytic: number,
  roundingTolerance: number,
  { atKink }: ComparisonRules,
): Judgement {
  if (atKink === 'any') return { ...left, outcome: 'kink' }
  const nearest = Math.abs(analytic - left.value) <= Math.abs(analytic - right.value) ? left : right
  if (atKink === 'between') {
    const low = Math.min(left.value - left.error, right.value - right.error) - roundingTolerance
    const high = Math.max(left.value + left.error, right.value + right.error) + roundingTolerance
    return { ...nearest, outcome: analytic >= low && analytic <= high ? 'kink' : 'wrong' }
  }
  const required = atKink === 'left' ? left : right
  return { ...required, outcome: isNear(required, analytic, roundingTolerance) ? 'kink' : 'wrong' }
}

const isNear = ({ value, error }: DerivativeEstimate, analytic: number, roundingTolerance: number): boolean =>
  contains({ value, error: error + roundingTolerance }, analytic)
