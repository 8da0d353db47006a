import type { Rng, Tensor } from '@gosa/linalg'
import { contains } from '../numeric/estimate.ts'
import { rootMeanSquare } from '../numeric/magnitude.ts'
import { oneSidedDerivatives } from '../numeric/one-sided.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import type { Variable } from '../subject/operation.ts'
import { withRestoredTensors } from '../subject/restore.ts'
import { searchSettings } from './compare-derivatives.ts'
import { EntryPerturbations } from './perturbations.ts'

/**
 * Recognises points where several kinks coincide, at which right code may disagree with both one-sided derivatives.
 */

/** Points examined nearby: at least `MIN_POINTS`, and up to `MAX_POINTS` while all gradients are the same. */
const MIN_POINTS = 4
const MAX_POINTS = 16
/** Distance of the points, in proportion to the typical magnitude of a variable. */
const DISTANCE = 2 ** -16
/** The relative change of a gradient over such a distance from which on it is a jump, not curvature. */
const MIN_JUMP = 1e-2

/**
 * Whether entry `i` of a variable lies where several kinks coincide, for example where the inputs of many ReLUs are all 0.
 * There the chain rule may give a gradient that equals neither one-sided derivative, although the code is right. Such a
 * point is recognised by its neighbours, which differ in all other entries: there the analytic gradient agrees with the
 * numerical one and jumps from point to point.
 */
export function isCoincidentKink(
  objective: ScalarObjective,
  variable: Variable,
  i: number,
  rng: Rng,
): boolean {
  const { operation } = objective
  const tensors = operation.variables.map(({ value }) => value)
  const position = operation.variables.indexOf(variable)
  const gradients: number[] = []
  for (let point = 0; point < MAX_POINTS; point++) {
    const agrees = withRestoredTensors(tensors, () => {
      // All but the entry itself: if its own kink is the only one, it stays.
      const own = variable.value.data[i]
      for (const { data } of tensors) jitter(data, rng)
      variable.value.data[i] = own
      // The x of a network is not among its variables, but kinks of its samples may coincide as well.
      const nearby = operation.takesDout ? operation : operation.withInputs((x) => jittered(x, rng))
      return agreesAt(objective.at({ operation: nearby }), position, i, gradients)
    })
    if (!agrees) return false
    if (gradients.length >= MIN_POINTS && jumps(gradients)) return true
  }
  return false
}

/** Whether the present point is smooth and the analytic gradient of the entry is right there. Adds it to `gradients`. */
function agreesAt(objective: ScalarObjective, position: number, i: number, gradients: number[]): boolean {
  const gradient = objective.analyticGradients()[position].values
  if (!gradient) return false
  const perturbations = new EntryPerturbations(objective, objective.operation.variables[position], [i])
  perturbations.select(0)
  const { step, halvings } = searchSettings(perturbations, 0)
  const { twoSided } = oneSidedDerivatives(perturbations, step, halvings)
  perturbations.restore()
  gradients.push(gradient[i])
  return twoSided !== undefined && twoSided.error < Infinity && contains(twoSided, gradient[i])
}

function jumps(gradients: readonly number[]): boolean {
  const [low, high] = [Math.min(...gradients), Math.max(...gradients)]
  return high - low > MIN_JUMP * Math.max(Math.abs(low), Math.abs(high))
}

function jittered(x: Tensor, rng: Rng): Tensor {
  const near = x.clone()
  jitter(near.data, rng)
  return near
}

function jitter(data: Tensor['data'], rng: Rng): void {
  const distance = DISTANCE * (rootMeanSquare(data) || 1)
  for (let i = 0; i < data.length; i++) data[i] += distance * rng.normal()
}
