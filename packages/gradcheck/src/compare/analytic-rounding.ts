import { createRng, type NumberOrTensor } from '@gosa/linalg'
import { machineEpsilon } from '../numeric/finite-differences.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import { withRestoredTensors } from '../subject/restore.ts'
import { elementsOf, valueLike } from '../subject/values.ts'

/**
 * The rounding error of analytic gradients, which explains a difference from the numerical ones although the code is
 * right.
 */

const PROBES = 4
/** Everything is perturbed by up to this many rounding errors, relative to its size. */
const PERTURBATION_EPSILONS = 4
const SAFETY_FACTOR = 4

/**
 * A bound of the rounding error of each analytic gradient: how much it changes if all variables and `dout` are perturbed by a few
 * rounding errors. Where a derivative is the difference of nearly equal numbers, such as `1 − y²`, that may be as much
 * as the gradient itself. Returns no bounds if the gradients differ from call to call.
 */
export function analyticRoundingErrors(
  objective: ScalarObjective,
  dout: NumberOrTensor = objective.dout,
): (Float64Array | undefined)[] {
  const tensors = objective.operation.variables.map(({ value }) => value)
  const rng = createRng(0)
  const gradients = objective.analyticGradients(dout).map(({ values }) => values)
  const again = objective.analyticGradients(dout)
  const isDeterministic = gradients.every(
    (gradient, i) => gradient?.every((g, k) => Object.is(g, again[i].values?.[k])) ?? true,
  )
  if (!isDeterministic) return []
  const rounded = (epsilon: number): number => 1 + PERTURBATION_EPSILONS * epsilon * (2 * rng.uniform() - 1)
  const bounds = gradients.map((gradient) => gradient && new Float64Array(gradient.length))
  withRestoredTensors(tensors, () => {
    const base = tensors.map(({ data }) => data.slice())
    for (let probe = 0; probe < PROBES; probe++) {
      for (const [i, { data, dtype }] of tensors.entries()) {
        const epsilon = Math.max(machineEpsilon(dtype), objective.inputEpsilon)
        for (let k = 0; k < data.length; k++) data[k] = base[i][k] * rounded(epsilon)
      }
      const perturbedDout = valueLike(dout, (k) => elementsOf(dout)[k] * rounded(objective.epsilon))
      for (const [i, { values = [] }] of objective.analyticGradients(perturbedDout).entries()) {
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
