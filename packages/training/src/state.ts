import type { RngState } from '@gosa/linalg'
import type { OptimizerState } from '@gosa/optim'
import type { EarlyState } from './early-stopping.ts'
import type { EpochPosition } from './sampler.ts'
import type { Weights } from './weights.ts'

/** All that the next step depends on, and what was counted in the epoch so far: training goes on from here to the bit. */
export interface TrainingState {
  /** How many steps were taken. */
  readonly iteration: number
  readonly rng: RngState
  readonly optimizer: OptimizerState
  readonly weights: Weights
  /** The sum of the losses of the steps since the epoch began, and how many they are. */
  readonly losses: { readonly sum: number; readonly count: number }
  /** Where in an epoch of shuffled images training stands; nothing where each batch is drawn from all of them. */
  readonly epoch?: EpochPosition
  /** The best weights so far, where training ends when they get no better. */
  readonly early?: EarlyState
}

/** What a run has come to: the best weights so far where it keeps them, else the latest. */
export const resultOf = ({ early, ...latest }: TrainingState): Pick<TrainingState, 'weights' | 'iteration'> =>
  early?.best ?? latest
