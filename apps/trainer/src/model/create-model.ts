import { Affine, type Init } from '@gosa/layers'
import type { DType, Rng } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { type Activation, activationMaker } from './activations.ts'
import type { Classifier } from './classifier.ts'
import { LayerStack } from './layer-stack.ts'

/** The form of a network: how many numbers go in, through and out, and what stands between its Affine layers. */
export interface Shape {
  /** For example 784, 50, 10. */
  layers: readonly number[]
  activation: Activation
}

/** A network with random weights, drawn layer by layer. */
export function createModel(
  { layers, activation }: Shape,
  options: { init: Init; rng: Rng; dtype: DType },
): Classifier {
  const sizes = layers.slice(1).map((outputs, i) => [layers[i], outputs] as const)
  return assembled(
    sizes.map(([inputs, outputs]) => Affine.init(inputs, outputs, options)),
    activation,
  )
}

/** A network of the given layers: the book's own class where it is of the book's form. */
export function assembled(affine: readonly Affine[], activation: Activation): Classifier {
  const [first, second] = affine
  return affine.length === 2 && activation === 'relu'
    ? TwoLayerNet.fromParameters({ W1: first.W, b1: first.b, W2: second.W, b2: second.b })
    : new LayerStack(affine, activationMaker(activation))
}
