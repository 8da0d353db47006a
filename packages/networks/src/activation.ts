/** The activation functions of networks, by name. */
import { type Layer, Relu, Sigmoid, Tanh } from '@gosa/layers'

const LAYERS = { relu: Relu, sigmoid: Sigmoid, tanh: Tanh }

/** The name of an activation function, the layer between two Affine layers. */
export type Activation = keyof typeof LAYERS

/** All names of activation functions: relu, sigmoid, tanh. */
export const ACTIVATIONS: readonly Activation[] = Object.keys(LAYERS) as Activation[]

/** Returns a new layer of that name. Throws a `RangeError` for an unknown name. */
export function activationLayer(name: Activation): Layer {
  if (ACTIVATIONS.includes(name)) return new LAYERS[name]()
  throw new RangeError(`activation must be ${ACTIVATIONS.join(', ')}, not ${JSON.stringify(name)}`)
}
