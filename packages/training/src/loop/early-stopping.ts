/**
 * Early stopping: keeps the best weights by a criterion on the validation set, and counts the epochs since. Training stops
 * when `patience` epochs in a row bring no improvement.
 */
import type { Weights } from './classifier.ts'

/** How good a classifier is on each of the sets of a run. */
export interface Quality {
  trainAccuracy: number
  testAccuracy: number
  testLoss: number
  validationAccuracy?: number
  validationLoss?: number
}

/** The quantities on the validation set that can select the best weights: the lowest loss or the highest accuracy. */
export const SELECTION_CRITERIA = ['loss', 'accuracy'] as const

export type SelectionCriterion = (typeof SELECTION_CRITERIA)[number]

/** A copy of the weights after `iteration` steps, and what was measured with them. */
export interface EvaluatedWeights<Q = Quality> {
  readonly iteration: number
  readonly quality: Q
  readonly weights: Weights
  /** Tensors that are saved with the weights, if there are any. */
  readonly buffers?: Weights
}

/** What early stopping remembers between epochs. */
export interface EarlyStoppingState<Q = Quality> {
  /** The best weights so far. */
  readonly best?: EvaluatedWeights<Q>
  /** The number of epochs since then. */
  readonly waited: number
}

/** Whether `quality` is better than the best so far; NaN is never better. */
export function isBetter(quality: Quality, best: Quality | undefined, bestBy: SelectionCriterion): boolean {
  const { validationLoss: loss = Number.NaN, validationAccuracy: accuracy = Number.NaN } = quality
  if (Number.isNaN(loss)) return false
  const { validationLoss = Infinity, validationAccuracy = -Infinity } = best ?? {}
  return bestBy === 'loss' ? loss < validationLoss : accuracy > validationAccuracy
}

/** Whether a quality is better than the best so far, if there is one. */
export type IsBetter<Q> = (quality: Q, best: Q | undefined) => boolean

/** The state after one more epoch, whose weights are copied by `copy` if they are the best so far. */
export const updateEarlyStopping = <Q>(
  state: EarlyStoppingState<Q>,
  quality: Q,
  better: IsBetter<Q>,
  copy: () => EvaluatedWeights<Q>,
): EarlyStoppingState<Q> =>
  better(quality, state.best?.quality)
    ? { best: copy(), waited: 0 }
    : { best: state.best, waited: state.waited + 1 }
