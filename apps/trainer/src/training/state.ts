import type { RngState } from '@gosa/linalg'
import type { OptimizerState } from '@gosa/optim'
import type { Weights } from '../model/weights.ts'

/** All that the next step depends on, and what was counted in the epoch so far: training goes on from here to the bit. */
export interface TrainingState {
  /** How many steps were taken. */
  readonly iteration: number
  readonly rng: RngState
  readonly optimizer: OptimizerState
  readonly weights: Weights
  /** The sum of the losses of the steps since the epoch began, and how many they are. */
  readonly losses: { readonly sum: number; readonly count: number }
}
