import type { Init } from '@gosa/layers'
import type { DType, Rng } from '@gosa/linalg'
import { type Activation, MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import type { Classifier } from '@gosa/training'

/** The form of a network: how many numbers go in, through and out, and what stands between its Affine layers. */
export interface Shape {
  /** For example 784, 50, 10. */
  layers: readonly number[]
  activation: Activation
}

/** A network with random weights, drawn layer by layer. */
export const createModel = (
  { layers: sizes, activation }: Shape,
  options: { init: Init; rng: Rng; dtype: DType },
): Classifier => asBook(new MultiLayerNet({ sizes, activation, ...options }))

/** The same network, as the book's own class where it is of the book's form. */
export function asBook(network: MultiLayerNet): Classifier {
  if (network.sizes.length !== 3 || network.activation !== 'relu') return network
  const { W1, b1, W2, b2 } = network.params
  return TwoLayerNet.fromParameters({ W1, b1, W2, b2 })
}
