/** Diagnosis of a diverged network: `findNotFinite` names the weight or layer in which NaN or infinity appeared first. */
import type { Parameter, Shape, Tensor } from '@gosa/linalg'
import type { Trainable } from './classifier.ts'

/** A network that gives access to its layers by name, in the order of the forward pass: Affine1, Relu1, … */
interface LayeredNetwork {
  /** The shape of one sample, in which the first layer takes it. */
  readonly inputShape?: Shape
  readonly layers?: Readonly<
    Record<string, { forward(x: Tensor): Tensor; parameters(): readonly Parameter[] }>
  >
}

/**
 * Where a network produces NaN or infinity, in words: the first weight that holds such a value, or else the first layer
 * whose output for the samples `x` does. Returns undefined if all values are finite.
 */
export function findNotFinite(
  model: Pick<Trainable, 'parameters'> & LayeredNetwork,
  x: Tensor | undefined,
): string | undefined {
  const layers = Object.entries(model.layers ?? {})
  const weight = model.parameters().find(({ value }) => !allFinite(value))
  if (weight) {
    const owner = layers.find(([, layer]) => layer.parameters().some(({ value }) => value === weight.value))
    return `in ${weight.name}${owner ? ` of layer ${owner[0]}` : ''}`
  }
  const { inputShape } = model
  let output = x && inputShape ? x.reshape([x.shape[0], ...inputShape]) : x
  for (const [name, layer] of layers) {
    output = output && layer.forward(output)
    if (output && !allFinite(output)) return `first in the output of layer ${name}`
  }
  return undefined
}

const allFinite = ({ data }: Tensor): boolean => data.every(Number.isFinite)
