/**
 * Early stopping: keeps the best weights by a criterion on the validation set, and counts the epochs since. Training stops
 * when `patience` epochs in a row bring no improvement.
 */
import type { Weights } from './classifier.ts'
import type { Quality } from './evaluate.ts'

/** The quantities on the validation set that can select the best weights: the lowest loss or the highest accuracy. */
export const SELECTION_CRITERIA = ['loss', 'accuracy'] as const

export type SelectionCriterion = (typeof SELECTION_CRITERIA)[number]

/** A copy of the weights after `iteration` steps, and what was measured with them. */
export interface EvaluatedWeights {
  readonly iteration: number
  readonly quality: Quality
  readonly weights: Weights
}

/** What early stopping remembers between epochs. */
export interface EarlyStoppingState {
  /** The best weights so far. */
  readonly best?: EvaluatedWeights
  /** The number of epochs since then. */
  readonly waited: number
}

/** Whether `quality` is better than the best so far; NaN is never better. */
export function isBetter(
  quality: Quality,
  best: EvaluatedWeights | undefined,
  bestBy: SelectionCriterion,
): boolean {
  const { validationLoss: loss = Number.NaN, validationAccuracy: accuracy = Number.NaN } = quality
  if (Number.isNaN(loss)) return false
  const { validationLoss = Infinity, validationAccuracy = -Infinity } = best?.quality ?? {}
  return bestBy === 'loss' ? loss < validationLoss : accuracy > validationAccuracy
}

/** The state after one more epoch, which ended with `latest`. */
export const updateEarlyStopping = (
  state: EarlyStoppingState,
  latest: EvaluatedWeights,
  bestBy: SelectionCriterion,
): EarlyStoppingState =>
  isBetter(latest.quality, state.best, bestBy)
    ? { best: latest, waited: 0 }
    : { best: state.best, waited: state.waited + 1 }
