import { areFinite } from '../model/weights.ts'
import type { TrainingState } from './state.ts'
import type { Training } from './training.ts'

/** The states from which training can be taken up again when its numbers get out of hand. */
export interface GoodStates {
  /** Looks at the state now; false where a weight is NaN or infinite, which ReLU hides from the loss by making it 0. */
  look(): boolean
  /** The latest state known to be good: the step from it had a loss. Weights alone can be finite and their loss not. */
  last(): TrainingState
}

export function watchStates(training: Training): GoodStates {
  let [previous, latest] = [training.state(), training.state()]
  return {
    look() {
      const state = training.state()
      if (!areFinite(state.weights)) return false
      ;[previous, latest] = [latest, state]
      return true
    },
    last: () => (training.iteration > latest.iteration ? latest : previous),
  }
}
