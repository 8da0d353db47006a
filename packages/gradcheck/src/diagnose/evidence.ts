import { createRng, type Shape } from '@gosa/linalg'
import { stratifiedSample, type VariableComparison } from '../compare/compare-variables.ts'
import { EntryPerturbations } from '../compare/perturbations.ts'
import { centralDifference, stepSize } from '../numeric/finite-differences.ts'
import { maxAbs, maxAbsIgnoringNaN } from '../numeric/magnitude.ts'
import type { ScalarObjective } from '../subject/objective.ts'

/** The evidence that candidate causes of a wrong gradient are tested against. */

/** A wrong gradient with everything that may explain it. */
export interface Evidence {
  readonly analytic: Float64Array
  readonly numerical: Float64Array
  readonly shape: Shape
  /** The indices of the wrong entries. */
  readonly wrong: readonly number[]
  readonly objective: ScalarObjective
  readonly compared: VariableComparison
  /** The comparisons of all variables, this one included. */
  readonly all: readonly VariableComparison[]
  /** Whether a value equals the numerical gradient at entry k, to a few digits; at a kink any value does. */
  matches(value: number, k: number): boolean
}

/**
 * A candidate cause of a wrong gradient. Returns the cause as the rest of a sentence that begins with "the gradient", or
 * undefined if it does not explain the numbers. In the formulas A is the analytic gradient, N the numerical one.
 */
export type Candidate = (evidence: Evidence) => string | undefined

/** Largest difference of a match, in proportion to the largest entry. */
const MATCH_TOLERANCE = 1e-6

/** Collects the evidence for a wrong gradient. */
export function collectEvidence(
  compared: VariableComparison,
  all: readonly VariableComparison[],
  objective: ScalarObjective,
): Evidence {
  const { analytic, numerical, error, outcome } = compared.comparison
  const errors = error.filter(Number.isFinite)
  const tolerance = Math.max(MATCH_TOLERANCE * maxAbsIgnoringNaN(numerical), ...errors.map((one) => 4 * one))
  return {
    analytic,
    numerical,
    shape: compared.variable.value.shape,
    wrong: outcome.flatMap((is, k) => (is === 'wrong' ? [k] : [])),
    objective,
    compared,
    all,
    matches: (value, k) => outcome[k] === 'kink' || Math.abs(value - numerical[k]) <= tolerance,
  }
}

/** Whether a gradient, given entry by entry, equals the numerical one. */
export const matchesEverywhere = (
  { numerical, matches }: Evidence,
  candidate: (k: number) => number,
): boolean => numerical.every((_, k) => matches(candidate(k), k))

const MAX_ENTRIES = 32
const TOLERANCE = 1e-5

/** Whether the wrong gradient is right for another objective: for another `dout`, or at other inputs. */
export function isRightFor(other: ScalarObjective, { analytic, objective, compared }: Evidence): boolean {
  const variable = other.operation.variables[objective.operation.variables.indexOf(compared.variable)]
  const entries = stratifiedSample(analytic.length, MAX_ENTRIES, createRng(0))
  const perturbations = new EntryPerturbations(other, variable, entries)
  const largest = maxAbs(analytic)
  try {
    return Array.from(entries).every((i, k) => {
      perturbations.select(k)
      const step = stepSize('central', perturbations.magnitudeForStep(k), perturbations.objective.epsilon)
      return Math.abs(centralDifference(perturbations, step) - analytic[i]) <= TOLERANCE * largest
    })
  } finally {
    perturbations.restore()
  }
}
