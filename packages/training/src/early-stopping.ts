import type { Quality } from './quality.ts'
import type { Weights } from './weights.ts'

/** By what `--best-by` tells the best weights. */
export const MEASURES = ['loss', 'accuracy'] as const

export type Measure = (typeof MEASURES)[number]

/** Weights that were the best so far on the images set aside, and what was measured with them. */
export interface Best {
  readonly iteration: number
  readonly quality: Quality
  readonly weights: Weights
}

/** What early stopping remembers: the best so far, and how many epochs have passed since without a better one. */
export interface EarlyState {
  readonly best?: Best
  readonly waited: number
}

export interface Patience {
  /** How many epochs in a row may bring nothing better. */
  patience: number
  bestBy: Measure
}

/** Whether `quality` is better than the best so far: a lower loss, or a higher accuracy, on the images set aside. */
export function isBetter(quality: Quality, best: Best | undefined, bestBy: Measure): boolean {
  const { validationLoss: loss = Number.NaN, validationAccuracy: accuracy = Number.NaN } = quality
  if (Number.isNaN(loss)) return false
  const { validationLoss = Infinity, validationAccuracy = -Infinity } = best?.quality ?? {}
  return bestBy === 'loss' ? loss < validationLoss : accuracy > validationAccuracy
}

/** The state after an epoch that came to `now`. */
export const afterEpoch = (state: EarlyState, now: Best, bestBy: Measure): EarlyState =>
  isBetter(now.quality, state.best, bestBy)
    ? { best: now, waited: 0 }
    : { best: state.best, waited: state.waited + 1 }
