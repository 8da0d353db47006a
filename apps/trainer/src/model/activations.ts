import { type Layer, Relu, Sigmoid, Tanh } from '@gosa/layers'

const MAKERS = {
  relu: () => new Relu(),
  sigmoid: () => new Sigmoid(),
  tanh: () => new Tanh(),
} satisfies Record<string, () => Layer>

export type Activation = keyof typeof MAKERS

/** What `--activation` can be. */
export const ACTIVATIONS = Object.keys(MAKERS) as Activation[]

/** Makes layers of that kind. */
export const activationMaker = (name: Activation): (() => Layer) => MAKERS[name]
