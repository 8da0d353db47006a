import { createRng, type Rng } from '@gosa/linalg'
import { analyticRoundingErrors } from '../compare/analytic-rounding.ts'
import type { ComparisonRules } from '../compare/rules.ts'
import { combine, type DerivativeEstimate } from '../numeric/estimate.ts'
import { machineEpsilon, type PerturbedFunction } from '../numeric/finite-differences.ts'
import { rootMeanSquare } from '../numeric/magnitude.ts'
import { type OneSidedDerivatives, oneSidedDerivatives } from '../numeric/one-sided.ts'
import { richardson } from '../numeric/richardson.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import { withRestoredTensors } from '../subject/restore.ts'
import type { Finding } from '../types/report.ts'

/** The property that second derivatives are symmetric, as those of every function are. */

const STEP = 2 ** -6
const ROUNDING_EPSILONS = 64
/** A relative difference of the two second derivatives up to this is accepted. */
const RELATIVE_TOLERANCE = 1e-5

/**
 * The second derivatives are symmetric, as for the gradient of any function: with the Hessian H, whose product with one
 * random direction is found numerically from the change of the analytic gradient,
 *
 *     vᵀ·(H·u) = uᵀ·(H·v)
 *
 * A gradient that is right at a point but not around it violates this. Near kinks nothing is reported.
 */
export function checkSymmetry(objective: ScalarObjective, rules: ComparisonRules, seed: number): Finding[] {
  const { variables } = objective.operation
  if (rules.tolerance || objective.epsilon > Number.EPSILON) return []
  const rng = createRng(seed)
  const [u, v] = [0, 1].map(() => variables.map(({ value }) => randomDirection(value.data, rng)))
  const [uThenV, vThenU] = [secondDerivative(objective, u, v), secondDerivative(objective, v, u)]
  if (isPrecise(uThenV.quick) && isPrecise(vThenU.quick) && combine(uThenV.quick, vThenU.quick)) return []
  const sides = [uThenV.oneSided(objective.halvings), vThenU.oneSided(objective.halvings)]
  const [a, b] = sides.map(({ twoSided }) => twoSided)
  if (!a || !b || sides.some(({ hasKinkInReach }) => hasKinkInReach) || !(a.error + b.error < Infinity))
    return []
  const rounding = (roundingAlong(objective, u) + roundingAlong(objective, v)) / STEP
  const tolerance = rounding + RELATIVE_TOLERANCE * Math.max(Math.abs(a.value), Math.abs(b.value))
  if (Math.abs(a.value - b.value) <= a.error + b.error + tolerance) return []
  const message =
    `the second derivatives are not symmetric: along u, the gradient along v changes by ${a.value}; along v, the ` +
    `gradient along u changes by ${b.value}; so it is not the gradient of a function around this point`
  return [{ name: 'not-symmetric', message }]
}

/** The quick estimates decide if their relative errors are at most this. */
const MAX_PRECISE_ERROR = 1e-3

const isPrecise = ({ value, error }: DerivativeEstimate): boolean =>
  error <= MAX_PRECISE_ERROR * Math.abs(value)

/** A direction in the space of all variables: an array for each. */
type Direction = readonly Float64Array[]

/** Normally distributed: with random signs alone, one of two swaps of entries would go unnoticed. */
function randomDirection(numbers: ArrayLike<number>, rng: Rng): Float64Array {
  const size = rootMeanSquare(numbers) || 1
  return Float64Array.from(numbers, () => size * rng.normal())
}

/** A bound of how much the rounding of the analytic gradients changes their sum along a direction. */
function roundingAlong(objective: ScalarObjective, direction: Direction): number {
  let total = ROUNDING_EPSILONS * machineEpsilon('float64') * objective.magnitude
  for (const [i, rounding = []] of analyticRoundingErrors(objective).entries()) {
    for (let k = 0; k < rounding.length; k++) total += rounding[k] * Math.abs(direction[i][k])
  }
  return total
}

/** The derivative, along `moved`, of the analytic gradient along `observed`: two ways to estimate it. */
function secondDerivative(
  objective: ScalarObjective,
  moved: Direction,
  observed: Direction,
): { quick: DerivativeEstimate; oneSided: (halvings: number) => OneSidedDerivatives } {
  const tensors = objective.operation.variables.map(({ value }) => value)
  const base = tensors.map(({ data }) => data.slice())
  const before = gradientsOf(objective)
  let [step, maxRoundingError, roundingError] = [0, 0, 0]
  const change: PerturbedFunction = {
    at(t) {
      for (const [i, { data }] of tensors.entries()) {
        for (let k = 0; k < data.length; k++) data[k] = base[i][k] + t * moved[i][k]
      }
      step = t
      let [total, size] = [0, 0]
      for (const [i, now] of gradientsOf(objective).entries()) {
        for (let k = 0; k < now.length; k++) {
          total += (now[k] - before[i][k]) * observed[i][k]
          size += Math.abs(now[k] * observed[i][k])
        }
      }
      roundingError = ROUNDING_EPSILONS * machineEpsilon('float64') * size
      maxRoundingError = Math.max(maxRoundingError, roundingError)
      return total
    },
    get appliedStep() {
      return step
    },
    get maxRoundingError() {
      return maxRoundingError
    },
    get roundingError() {
      return roundingError
    },
  }
  return {
    quick: withRestoredTensors(tensors, () => richardson(change, STEP)),
    oneSided: (halvings) => withRestoredTensors(tensors, () => oneSidedDerivatives(change, STEP, halvings)),
  }
}

const gradientsOf = (objective: ScalarObjective): Float64Array[] =>
  objective.analyticGradients().map(({ values }) => values ?? new Float64Array())
