import type { Tensor } from '@gosa/linalg'

/** A weight that is learnt: its home is the layer, this is the handle that optimizers and checkers use. */
export interface Parameter {
  /** Unique within its layer or network: `W`, `b`, `0.W`. */
  readonly name: string
  /** The layer's own tensor, in which an optimizer's `step` writes. */
  readonly value: Tensor
  /** The gradient of the latest `backward`, in the shape of `value`. Throws an `Error` before the first one. */
  readonly grad: Tensor
}

export interface ForwardOptions {
  /** Whether this pass is for training; layers that behave alike in both ignore it. */
  train?: boolean
}

/**
 * A layer: `forward` computes the output and keeps what the gradient needs; `backward` takes `dout = ∂L/∂y`, in the
 * shape of the output, and returns `dx = ∂L/∂x` in the shape of the input. `backward` answers for the latest
 * `forward` and replaces the gradients of the parameters (they do not accumulate).
 */
export interface Layer {
  forward(x: Tensor, options?: ForwardOptions): Tensor
  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  /** With `inputGradient: false` the first layer of a network may skip `dx`, which nobody asks for. */
  backward(dout: Tensor, options?: { inputGradient?: boolean }): Tensor | undefined
  parameters(): Parameter[]
}
