import type { Tensor } from '@gosa/linalg'
import type { Value } from './value.ts'

/** A weight that is learnt, with the gradient of the latest `backward`. */
export interface ParameterLike {
  readonly name: string
  readonly value: Tensor
  readonly grad: Tensor
}

/**
 * Anything that can stand in a graph: `forward` takes one or several inputs, numbers or tensors; `backward` takes `dout`, in
 * the shape of the output, and returns the gradient of the input, or an array with that of each input.
 */
export interface LayerLike {
  forward(...inputs: never[]): Value
  backward(dout: never, ...more: never[]): unknown
  parameters?(): readonly ParameterLike[]
}

/**
 * Layers in a row: in an array, or by name as in TwoLayerNet; each is fed with what the one before gives. `lastLayer`, where
 * there is one, takes the labels as well.
 */
export interface NetworkLike {
  readonly layers: readonly LayerLike[] | Readonly<Record<string, LayerLike>>
  readonly lastLayer?: LayerLike
}
