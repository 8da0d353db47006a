/** The activation functions of networks, by name. */
import { type Layer, Relu, Sigmoid, Tanh } from '@gosa/layers'
import { didYouMean, showValue } from '@gosa/linalg/options'

const LAYERS = { relu: Relu, sigmoid: Sigmoid, tanh: Tanh }

/** The name of an activation function, the layer between two Affine layers. */
export type Activation = keyof typeof LAYERS

/** All names of activation functions: relu, sigmoid, tanh. */
export const ACTIVATIONS: readonly Activation[] = /* @__PURE__ */ Object.keys(LAYERS) as Activation[]

/** Returns the name. Throws a `RangeError`, which begins with `caller`, if it is not one of an activation function. */
export function checkActivation(caller: string, name: Activation): Activation {
  if (ACTIVATIONS.includes(name)) return name
  throw new RangeError(
    `${caller}: activation must be ${ACTIVATIONS.join(', ')}, not ${showValue(name)}${didYouMean(String(name), ACTIVATIONS)}`,
  )
}

/** Returns a new layer of that name. */
export const activationLayer = (name: Activation): Layer => new LAYERS[name]()
