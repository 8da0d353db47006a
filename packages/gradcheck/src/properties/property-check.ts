import type { DType, NumberOrTensor } from '@gosa/linalg'
import { machineEpsilon } from '../numeric/finite-differences.ts'
import { maxAbs, rootMeanSquare } from '../numeric/magnitude.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import type { AnalyticGradient, Operation, Variable } from '../subject/operation.ts'
import type { CheckOptions } from '../types/options.ts'
import type { Finding } from '../types/report.ts'

/**
 * What all property checks share: their type, the context that they are given, and the comparison of two gradients.
 */

/** Checks one property besides the values of the gradients. Returns no finding if it holds. */
export type PropertyCheck = (context: CheckContext) => Finding[]

/** What a property check works with. */
export interface CheckContext {
  readonly operation: Operation
  /** The objective for the first of `douts`. */
  readonly objective: ScalarObjective
  /** Random `dout`s in the shape of the output; numbers for losses, 1 for networks. */
  readonly douts: readonly NumberOrTensor[]
  readonly options: CheckOptions
  /** The gradients before all other passes of the check. */
  readonly firstGradients: readonly AnalyticGradient[]
}

/** The relative rounding error of a gradient: that of its dtype or of the function, whichever is larger. */
export const gradientEpsilon = (objective: ScalarObjective, dtype: DType | undefined): number =>
  Math.max(objective.epsilon, dtype ? machineEpsilon(dtype) : 0)

/** Rounding errors of the output that a gradient may be off by although the numbers that it is the sum of are not known. */
const OUTPUT_ROUNDING_EPSILONS = 64

/** The derivative with respect to a variable that the rounding of the output alone explains: below it, gradients are noise. */
export function noiseOfGradient(objective: ScalarObjective, { value }: Variable): number {
  const perEntry = OUTPUT_ROUNDING_EPSILONS * objective.epsilon * objective.outputMagnitude
  return perEntry / (rootMeanSquare(value.data) || 1)
}

/** Rounding errors of gradients that are allowed between two ways of computing them, 2e-4 in float32. */
const ROUNDING_EPSILONS = 2e-4 * 2 ** 23

/** Differences below this are ignored: numbers so small have lost their digits. */
const UNDERFLOW = 1e-300

/**
 * The first position at which two gradients that the code computed in two ways differ by more than rounding explains,
 * measured against `magnitude`; −1 if there is none. `epsilon` is the relative rounding error of the code,
 * `rounding` bounds of further errors of single entries.
 */
export function firstDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  epsilon: number,
  magnitude = Math.max(maxAbs(a), maxAbs(b)),
  rounding: ArrayLike<number> = [],
): number {
  const tolerance = Math.max(1e-9, ROUNDING_EPSILONS * epsilon) * magnitude + UNDERFLOW
  for (let i = 0; i < Math.max(a.length, b.length); i++) {
    if (!(Math.abs(a[i] - b[i]) <= tolerance + (rounding[i] ?? 0))) return i
  }
  return -1
}
