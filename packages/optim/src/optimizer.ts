/** What all optimizers have in common, and the form of a saved state. */
import type { Parameter, Tensor } from '@gosa/linalg'

/** A rule that turns gradients into steps. */
export interface Optimizer {
  /** The step size η; may be changed between steps, as a schedule does. */
  learningRate: number
  /**
   * Writes one step into every parameter's `value`, in place, from its `grad`. Throws a `RangeError` before anything is
   * written if two names are equal, or a gradient has another shape or dtype than its value.
   */
  step(parameters: readonly Parameter[]): void
  /** Returns a copy of all that the next step depends on, for saving. */
  state(): OptimizerState
  /** Continues from a copy of a saved state. Throws a `TypeError` for the state of another optimizer, or for anything else. */
  load(state: OptimizerState): void
}

/** Plain data and tensors: which optimizer, the number of steps, and per quantity one tensor for each parameter. */
export interface OptimizerState {
  readonly optimizer: string
  readonly steps: number
  /** For example `slots.velocity.W1`. */
  readonly slots: Readonly<Record<string, Readonly<Record<string, Tensor>>>>
}
