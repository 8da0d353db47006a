import { type Layer, Relu, Sigmoid, Tanh } from '@gosa/layers'

const MAKERS = {
  relu: () => new Relu(),
  sigmoid: () => new Sigmoid(),
  tanh: () => new Tanh(),
} satisfies Record<string, () => Layer>

/** What stands between two Affine layers of a network. */
export type Activation = keyof typeof MAKERS

/** All that `Activation` can be: relu, sigmoid, tanh. */
export const ACTIVATIONS: readonly Activation[] = Object.keys(MAKERS) as Activation[]

/** A new layer of that kind. Throws a `RangeError` for a name that is none. */
export function activationLayer(name: Activation): Layer {
  if (ACTIVATIONS.includes(name)) return MAKERS[name]()
  throw new RangeError(`activation must be ${ACTIVATIONS.join(', ')}, not ${JSON.stringify(name)}`)
}
