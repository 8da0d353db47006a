import type { Tensor } from '@gosa/linalg'

/** What an optimizer needs of a weight: `Parameter` of `@gosa/layers` fits, and so does anything of this form. */
export interface Parameter {
  readonly name: string
  readonly value: Tensor
  readonly grad: Tensor
}

/** A rule that turns gradients into steps. */
export interface Optimizer {
  /** The step size η; may be changed between steps, as a schedule does. */
  learningRate: number
  /**
   * Writes one step into every parameter's `value`, in place, from its `grad`. Throws before anything is written
   * where names repeat, or a gradient has another shape or dtype than its value.
   */
  step(parameters: readonly Parameter[]): void
  /** A copy of all that the next step depends on, for saving. */
  state(): OptimizerState
  /** Goes on from a copy of a saved state. Throws a `TypeError` where it is another optimizer's, or no state. */
  load(state: OptimizerState): void
}

/** Plain data and tensors: which optimizer, how many steps, and per quantity one tensor for each parameter. */
export interface OptimizerState {
  readonly optimizer: string
  readonly steps: number
  /** For example `slots.velocity.W1`. */
  readonly slots: Readonly<Record<string, Readonly<Record<string, Tensor>>>>
}
