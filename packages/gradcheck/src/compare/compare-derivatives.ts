import { contains } from '../numeric/estimate.ts'
import { incommensurateFactor, stepSize } from '../numeric/finite-differences.ts'
import { maxAbsIgnoringNaN } from '../numeric/magnitude.ts'
import {
  acceptsSymmetricDifference,
  firstEstimate,
  type Judgement,
  judgeByTolerance,
  judgeThoroughly,
  type Outcome,
  type SearchSettings,
} from './judge.ts'
import type { Perturbations } from './perturbations.ts'
import type { ComparisonRules } from './rules.ts'

/**
 * Compares analytic with numerical derivatives along perturbations: a quick estimate of each, a thorough examination
 * in doubt.
 */

/** Analytic and numerical derivatives along perturbations, with the outcome of each comparison. */
export interface DerivativeComparison {
  readonly analytic: Float64Array
  readonly numerical: Float64Array
  /** Error bounds of the numerical derivatives. */
  readonly error: Float64Array
  readonly outcome: Outcome[]
}

/** Number of wrong entries of a variable that are examined thoroughly; of further ones the first estimate is believed. */
const MAX_EXAMINED_WRONG_ENTRIES = 24

/** Compares the analytic derivative along each perturbation with the numerical one. Restores the variable. */
export function compareDerivatives(
  perturbations: Perturbations,
  analytic: Float64Array,
  rules: ComparisonRules,
  onEach: () => void = () => {},
): DerivativeComparison {
  const { count } = perturbations
  const numerical = new Float64Array(count)
  const error = new Float64Array(count)
  const outcome = new Array<Outcome>(count).fill('agrees')
  const comparison = { analytic, numerical, error, outcome }
  const examined = new Set<number>()
  let wrong = 0

  const record = (k: number, judgement: Judgement): void => {
    numerical[k] = judgement.value
    error[k] = judgement.error
    outcome[k] = judgement.outcome
  }
  const examine = (k: number): void => {
    perturbations.select(k)
    record(k, judgeThoroughly(perturbations, analytic[k], searchSettings(perturbations, k), rules))
    examined.add(k)
    if (outcome[k] === 'wrong') wrong++
  }

  try {
    for (let k = 0; k < count; k++) {
      perturbations.select(k)
      const first = firstEstimate(perturbations, stepFor(perturbations, k, rules), rules)
      if (rules.tolerance) record(k, judgeByTolerance(first, analytic[k], rules))
      else {
        const agrees = contains(first, analytic[k])
        const isDecided = agrees && acceptsSymmetricDifference(rules)
        if (!isDecided && wrong < MAX_EXAMINED_WRONG_ENTRIES) examine(k)
        else record(k, { ...first, outcome: agrees ? 'agrees' : 'wrong' })
      }
      onEach()
    }
    if (rules.tolerance) return comparison
    for (const k of unresolved(comparison, perturbations)) if (!examined.has(k)) examine(k)
    for (const k of unresolved(comparison, perturbations)) outcome[k] = 'unclear'
    return comparison
  } finally {
    perturbations.restore()
  }
}

function stepFor(perturbations: Perturbations, k: number, { method, h }: ComparisonRules): number {
  if (h !== undefined) return h
  const magnitude = method === 'richardson' ? perturbations.magnitude(k) : perturbations.magnitudeForStep(k)
  return stepSize(method, magnitude, perturbations.objective.epsilon) * incommensurateFactor(k)
}

/** Machine epsilons of the magnitude of L that may stay invisible: an output may not change at all by less than its rounding. */
const HIDDEN_ROUNDING_EPSILONS = 16

/** Relative changes of L by less than this part of the relative change of a variable are not distinguished from 0. */
const SMALLEST_RELATIVE_DERIVATIVE = 2 ** -100

/** The settings of a thorough search along the k-th perturbation. */
export function searchSettings(perturbations: Perturbations, k: number): SearchSettings {
  const { objective } = perturbations
  const step = stepSize('richardson', perturbations.magnitude(k), objective.epsilon) * incommensurateFactor(k)
  // Down to the smallest step needed, within limits.
  const needed = Math.ceil(Math.log2(step / perturbations.smallestStep(k))) || 0
  return {
    step,
    halvings: Math.min(2 * objective.halvings, Math.max(objective.halvings, needed)),
    roundingTolerance:
      (HIDDEN_ROUNDING_EPSILONS * objective.epsilon * objective.magnitude) / step +
      (SMALLEST_RELATIVE_DERIVATIVE * objective.outputMagnitude) / perturbations.magnitude(k),
  }
}

/** The largest error, in proportion to the largest derivative, at which an agreement counts. */
const MAX_RESOLVED_ERROR = 1e-3

/**
 * The perturbations whose derivatives agree only because the error is so large that many other values would agree too.
 * A derivative of nothing but rounding is known to be nearly 0, and that is resolution enough.
 */
function unresolved(
  { analytic, numerical, error, outcome }: DerivativeComparison,
  perturbations: Perturbations,
): number[] {
  const largest = Math.max(maxAbsIgnoringNaN(analytic), maxAbsIgnoringNaN(numerical))
  const { epsilon, magnitude, outputMagnitude } = perturbations.objective
  // The measured noise of a coarse function already includes that of its intermediate values.
  const negligible = Math.sqrt(epsilon) * (epsilon > Number.EPSILON ? outputMagnitude : magnitude)
  const found: number[] = []
  for (let k = 0; k < analytic.length; k++) {
    if (error[k] <= MAX_RESOLVED_ERROR * largest) continue
    if (error[k] <= negligible / perturbations.magnitude(k)) continue
    if (outcome[k] === 'agrees') found.push(k)
  }
  return found
}
