/**
 * Structural types that several packages share: what a weight, a layer, a loss and a network look like from outside.
 * Packages that take layers of any origin (`@gosa/gradcheck`, `@gosa/graph`) depend on these types alone, not on
 * `@gosa/layers`: anything of the right form fits.
 */
import type { DType } from './tensor/shape.ts'
import type { Tensor } from './tensor/tensor.ts'

/** What flows along an edge of a computational graph: a number, or a tensor. */
export type NumberOrTensor = number | Tensor

/** A named weight, without its gradient: all that is needed to read, save or perturb it. */
export interface ParameterLike {
  /** Unique within its layer or network: `W`, `b`, `0.W`. */
  readonly name: string
  /** The owner's own tensor: writing into it changes the layer. */
  readonly value: Tensor
}

/**
 * A trainable weight with its gradient. The weight lives in its layer; a parameter is the handle that optimizers and
 * gradient checks use.
 */
export interface Parameter extends ParameterLike {
  /** The gradient of the latest `backward`, in the shape of `value`. Throws an `Error` before the first one. */
  readonly grad: Tensor
}

/**
 * A layer of any origin: `forward` takes one or several inputs; `backward` takes `dout`, in the shape of the output, and
 * returns the gradient of the input, or an array with the gradient of each input.
 */
export interface LayerLike {
  forward(...inputs: never[]): NumberOrTensor
  backward(dout: never, ...more: never[]): unknown
  parameters?(): readonly Parameter[]
  /** Returns a copy in another dtype. If present, a float32 layer is checked on its float64 copy. */
  astype?(dtype: DType): LayerLike
}

/** A loss of any origin: `forward(x, t)` returns a number, `backward(dout = 1)` the gradient of x. */
export interface LossLike {
  forward(x: never, t: never): number
  backward(dout?: number): unknown
  parameters?(): readonly Parameter[]
}

/**
 * A network of any origin: `loss(x, t)` returns a number, `gradient(x, t)` its gradients by name. The weights of these
 * names are in `params` or `parameters()`.
 */
export interface NetworkLike {
  loss(x: never, t: never): number
  gradient(x: never, t: never): unknown
  readonly params?: Readonly<Record<string, Tensor>>
  parameters?(): readonly ParameterLike[]
  /** Returns a copy in another dtype. If present, a float32 network is checked on its float64 copy. */
  astype?(dtype: DType): NetworkLike
}
