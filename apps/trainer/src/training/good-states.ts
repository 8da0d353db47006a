import type { TrainingState } from '@gosa/training'

/** The states from which training can be taken up again when its numbers get out of hand. */
export interface GoodStates {
  /** To be told of a state whose weights are all finite. */
  keep(state: TrainingState): void
  /**
   * The latest one known to be good when training has come to `iteration`: the step from it had a loss. Weights alone can
   * be finite and their loss not.
   */
  last(iteration: number): TrainingState
}

export function createGoodStates(start: TrainingState): GoodStates {
  let [previous, latest] = [start, start]
  return {
    keep(state) {
      ;[previous, latest] = [latest, state]
    },
    last: (iteration) => (iteration > latest.iteration ? latest : previous),
  }
}
