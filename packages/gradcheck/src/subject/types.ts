import type { DType, Tensor } from '@gosa/linalg'

/** What flows into and out of a layer. */
export type Value = number | Tensor

/** A weight that is learnt, with the gradient of the latest `backward`. */
export interface ParameterLike {
  readonly name: string
  readonly value: Tensor
  readonly grad: Tensor
}

/**
 * Anything that can be checked as a layer: `forward` takes one or several inputs, numbers or tensors; `backward` takes
 * `dout`, in the shape of the output, and returns the gradient of the input, or an array with that of each input.
 */
export interface LayerLike {
  forward(...inputs: never[]): Value
  backward(dout: never, ...more: never[]): unknown
  parameters?(): readonly ParameterLike[]
  /** A copy in another dtype. With it, a float32 layer is checked on a float64 copy. */
  astype?(dtype: DType): LayerLike
}

/** Anything that can be checked as a loss: `forward(x, t)` is a number, `backward(dout = 1)` the gradient of x. */
export interface LossLike {
  forward(x: never, t: never): number
  backward(dout?: number): unknown
  parameters?(): readonly ParameterLike[]
}

/**
 * Anything that can be checked as a network: `loss(x, t)` is a number, `gradient(x, t)` its gradients by name. The weights
 * of those names are in `params` or `parameters()`.
 */
export interface NetworkLike {
  loss(x: never, t: never): number
  gradient(x: never, t: never): unknown
  readonly params?: Readonly<Record<string, Tensor>>
  parameters?(): readonly { readonly name: string; readonly value: Tensor }[]
  /** A copy in another dtype. With it, a float32 network is checked on a float64 copy. */
  astype?(dtype: DType): NetworkLike
}
