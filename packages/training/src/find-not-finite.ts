import type { Layer } from '@gosa/layers'
import type { Tensor } from '@gosa/linalg'
import type { Classifier } from './classifier.ts'

/** A network that shows its layers in the order in which images pass through them, by name: Affine1, Relu1, … */
interface Layered {
  readonly layers?: Readonly<Record<string, Pick<Layer, 'forward' | 'parameters'>>>
}

/**
 * Where numbers got out of hand, in words: the first weight that holds NaN or infinity, or else the first layer that
 * makes such numbers of the images `x`. Undefined where there is none.
 */
export function findNotFinite(
  model: Pick<Classifier, 'parameters'> & Layered,
  x: Tensor | undefined,
): string | undefined {
  const layers = Object.entries(model.layers ?? {})
  const weight = model.parameters().find(({ value }) => !allFinite(value))
  if (weight) {
    const owner = layers.find(([, layer]) => layer.parameters().some(({ value }) => value === weight.value))
    return `in ${weight.name}${owner ? ` of layer ${owner[0]}` : ''}`
  }
  let output = x
  for (const [name, layer] of layers) {
    output = output && layer.forward(output)
    if (output && !allFinite(output)) return `first in what layer ${name} puts out`
  }
  return undefined
}

const allFinite = ({ data }: Tensor): boolean => data.every(Number.isFinite)
