import type { Tensor } from '@gosa/linalg'
import type { Value } from './types.ts'

/** A tensor that an operation depends on: one of its inputs, or a weight. */
export interface Variable {
  readonly name: string
  readonly value: Tensor
  readonly kind: 'input' | 'parameter'
}

/**
 * What layers, losses and networks have in common, and all that the checks know of them: an output that depends on
 * variables, and the gradients that are claimed for it.
 */
export interface Operation {
  /** What reports call it. */
  readonly name: string
  readonly variables: readonly Variable[]
  /** Labels and other things that `forward` is given and must not change. */
  readonly constants: readonly unknown[]
  /** Whether `backward` takes a `dout`; a network's gradient is that of its loss, with `dout = 1`. */
  readonly takesDout: boolean
  /** The output for the present values of the variables. */
  forward(): Value
  /** The claimed gradients after the latest forward pass, one for each variable, as they were given. */
  backward(dout: Value): unknown[]
  /** The same operation at other inputs, of the same layer, with the same weights. */
  elsewhere(change: (x: Tensor) => Tensor): Operation
  /** The output for those other inputs: what is kept of them must not turn up in the next pass. */
  forwardOther(): Value
  /** Sets gradients that are added to back to 0. */
  clear(): void
}
