import { createRng, type Rng } from '@gosa/linalg'
import { assumingFinitePerturbations } from '../numeric/finite-differences.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import type { Variable } from '../subject/operation.ts'
import type { CheckOptions } from '../types/options.ts'
import type { CheckMode } from '../types/report.ts'
import { analyticRoundingErrors } from './analytic-rounding.ts'
import { isCoincidentKink } from './coincident-kinks.ts'
import { compareDerivatives, type DerivativeComparison } from './compare-derivatives.ts'
import { DirectionPerturbations, EntryPerturbations } from './perturbations.ts'
import type { ComparisonRules } from './rules.ts'

/**
 * Compares the gradients of all variables: which entries or directions are perturbed, and which deviations are
 * accepted.
 */

/** A variable with the comparison of its gradients. */
export interface VariableComparison {
  readonly variable: Variable
  readonly comparison: DerivativeComparison
  /** The entries that were compared; undefined if directions were. */
  readonly entries?: Int32Array
  readonly mode: CheckMode
}

/** Whether any compared entry of the variable is wrong. */
export const isWrong = ({ comparison }: VariableComparison): boolean => comparison.outcome.includes('wrong')

/** Compares the gradients of all variables that have an analytic one, in the mode of the options. */
export function compareVariables(
  objective: ScalarObjective,
  rules: ComparisonRules,
  options: CheckOptions,
): VariableComparison[] {
  const { mode = 'full', samples = 200, directions = 3, seed = 0, onProgress } = options
  const gradients = objective.analyticGradients()
  const withGradient = objective.operation.variables.flatMap((variable, i) => {
    const { values } = gradients[i]
    return values ? [{ variable, gradient: values }] : []
  })
  const sizes = withGradient.map(({ gradient }) => gradient.length)
  const rng = createRng(seed)
  const counts = mode === 'sampled' ? distributeSamples(sizes, samples) : sizes
  const total = counts.reduce((sum, count) => sum + count, 0)
  let done = 0
  const onEach = (): void => onProgress?.({ done: ++done, total })
  return withGradient.map(({ variable, gradient }, i): VariableComparison => {
    if (mode === 'projected') {
      const directionSeed = rng.integer(2 ** 32)
      const comparison = compareDirections(objective, variable, gradient, directions, rules, directionSeed)
      if (comparison.outcome.every((outcome) => outcome === 'agrees')) {
        done += gradient.length
        onProgress?.({ done, total })
        return { variable, mode, comparison }
      }
    }
    const entries = stratifiedSample(gradient.length, counts[i], rng)
    const comparison = compareEntries(objective, variable, gradient, entries, rules, { seed, onEach })
    return { variable, mode: mode === 'sampled' ? mode : 'full', comparison, entries }
  })
}

/** Compares a variable as a whole along random directions. */
export function compareDirections(
  objective: ScalarObjective,
  variable: Variable,
  gradient: Float64Array,
  count: number,
  rules: ComparisonRules,
  seed: number,
): DerivativeComparison {
  const perturbations = new DirectionPerturbations(objective, variable, count, createRng(seed))
  const analytic = perturbations.directionalDerivatives(gradient)
  return compareDerivatives(perturbations, analytic, { ...rules, atKink: 'any' })
}

/** Compares the given entries of a variable. Wrong ones within rounding error or at coincident kinks are accepted. */
export function compareEntries(
  objective: ScalarObjective,
  variable: Variable,
  gradient: Float64Array,
  entries: Int32Array,
  rules: ComparisonRules,
  { seed, onEach }: { seed: number; onEach?: () => void },
): DerivativeComparison {
  const analytic = Float64Array.from(entries, (i) => gradient[i])
  const perturbations = new EntryPerturbations(objective, variable, entries)
  const comparison = assumingFinitePerturbations(
    variable.value,
    () => compareDerivatives(perturbations, analytic, rules, onEach),
    rules.h,
  )
  if (!rules.tolerance) acceptRoundingErrors(comparison, objective, variable, entries)
  if (!rules.tolerance && rules.atKink === 'between') {
    acceptCoincidentKinks(comparison, objective, variable, entries, seed)
  }
  return comparison
}

/**
 * Relative differences up to this are no fault: constants with nine digits, or iterations that end when a tolerance is met,
 * cause them.
 */
const MAX_IRRELEVANT_DIFFERENCE = 2 ** -27

/** Accepts entries that are off by no more than the rounding error of the analytic gradient, or by an irrelevant part. */
function acceptRoundingErrors(
  { outcome, analytic, numerical, error }: DerivativeComparison,
  objective: ScalarObjective,
  variable: Variable,
  entries: Int32Array,
): void {
  if (!outcome.includes('wrong')) return
  const rounding = analyticRoundingErrors(objective)[objective.operation.variables.indexOf(variable)]
  for (const [k, i] of entries.entries()) {
    const difference = Math.abs(analytic[k] - numerical[k])
    const irrelevant = MAX_IRRELEVANT_DIFFERENCE * Math.abs(analytic[k])
    if (outcome[k] === 'wrong' && difference <= irrelevant) outcome[k] = 'agrees'
    if (outcome[k] === 'wrong' && rounding && difference <= error[k] + rounding[i]) outcome[k] = 'agrees'
  }
}

/** Accepts entries at coincident kinks, up to the first wrong entry that lies at none. */
function acceptCoincidentKinks(
  { outcome }: DerivativeComparison,
  objective: ScalarObjective,
  variable: Variable,
  entries: Int32Array,
  seed: number,
): void {
  const rng = createRng(seed)
  for (const [k, i] of entries.entries()) {
    if (outcome[k] !== 'wrong') continue
    if (!isCoincidentKink(objective, variable, i, rng)) return
    outcome[k] = 'kink'
  }
}

/**
 * Draws `count` of the indices 0 to `size − 1`, in order: one at random out of each of `count` strata of about equal
 * length, so that every part of a tensor is represented.
 */
export function stratifiedSample(size: number, count: number, rng: Rng): Int32Array {
  if (count >= size) return Int32Array.from({ length: size }, (_, i) => i)
  return Int32Array.from({ length: count }, (_, k) => {
    const from = Math.floor((k * size) / count)
    return from + rng.integer(Math.floor(((k + 1) * size) / count) - from)
  })
}

/** Distributes `samples` over the variables in proportion to the root of their sizes, at least 5 for each. */
function distributeSamples(sizes: readonly number[], samples: number): number[] {
  const roots = sizes.map(Math.sqrt)
  const total = roots.reduce((sum, root) => sum + root, 0)
  return sizes.map((size, i) => Math.min(size, Math.max(5, Math.round((samples * roots[i]) / total))))
}
