import { createRng } from '@gosa/linalg'
import { machineEpsilon } from '../numeric/finite-differences.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import { withRestoredTensors } from '../subject/restore.ts'

/**
 * The rounding error of analytic gradients, which explains a difference from the numerical ones although the code is
 * right.
 */

const PROBES = 4
/** The variables are perturbed by up to this many machine epsilons, relative to their size. */
const PERTURBATION_EPSILONS = 4
const SAFETY_FACTOR = 4

/**
 * A bound of the rounding error of each analytic gradient: how much it changes if all variables are perturbed by a few
 * machine epsilons. Where a derivative is the difference of nearly equal numbers, such as `1 − y²`, that may be as much
 * as the gradient itself. Returns no bounds if the gradients differ from call to call.
 */
export function analyticRoundingErrors(objective: ScalarObjective): (Float64Array | undefined)[] {
  const tensors = objective.operation.variables.map(({ value }) => value)
  const rng = createRng(0)
  const gradients = objective.analyticGradients().map(({ values }) => values)
  const again = objective.analyticGradients()
  const isDeterministic = gradients.every(
    (gradient, i) => gradient?.every((g, k) => Object.is(g, again[i].values?.[k])) ?? true,
  )
  if (!isDeterministic) return []
  const bounds = gradients.map((gradient) => gradient && new Float64Array(gradient.length))
  withRestoredTensors(tensors, () => {
    const base = tensors.map(({ data }) => data.slice())
    for (let probe = 0; probe < PROBES; probe++) {
      for (const [i, { data, dtype }] of tensors.entries()) {
        const largest = PERTURBATION_EPSILONS * machineEpsilon(dtype)
        for (let k = 0; k < data.length; k++) data[k] = base[i][k] * (1 + largest * (2 * rng.uniform() - 1))
      }
      for (const [i, { values = [] }] of objective.analyticGradients().entries()) {
        const [gradient, bound] = [gradients[i], bounds[i]]
        if (!gradient || !bound) continue
        for (let k = 0; k < values.length; k++) {
          bound[k] = Math.max(bound[k], SAFETY_FACTOR * Math.abs(values[k] - gradient[k]))
        }
      }
    }
  })
  return bounds
}
