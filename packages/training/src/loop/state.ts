/** The state of training: everything that the next step depends on, so that a run resumes to the same bits. */
import type { RngState } from '@gosa/linalg'
import type { OptimizerState } from '@gosa/optim'
import type { Weights } from './classifier.ts'
import type { EarlyStoppingState, Quality } from './early-stopping.ts'
import type { EpochPosition } from './sampler.ts'

/** Everything that the next step and the next evaluation depend on. */
export interface TrainingState<Q = Quality> {
  /** The number of steps taken. */
  readonly iteration: number
  readonly rng: RngState
  readonly optimizer: OptimizerState
  readonly weights: Weights
  /** Tensors that are saved with the weights, but not trained, if there are any. */
  readonly buffers?: Weights
  /** The state of the generators of the model's layers, if there are any. */
  readonly layersRng?: unknown
  /** The sum and the number of the losses since the epoch began. */
  readonly losses: { readonly sum: number; readonly count: number }
  /** The position in a shuffled epoch; undefined when sampling with replacement. */
  readonly epoch?: EpochPosition
  /** The state of early stopping, if it is on. */
  readonly early?: EarlyStoppingState<Q>
}

/** The weights to keep of a run: the best so far with early stopping, else the latest. */
export const bestOrLatest = <Q>({
  early,
  ...latest
}: TrainingState<Q>): Pick<TrainingState<Q>, 'weights' | 'buffers' | 'iteration'> => early?.best ?? latest
