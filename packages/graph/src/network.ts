/** Networks as expressions: their layers in sequence, applied to x. */
import type { LayerLike, NumberOrTensor } from '@gosa/linalg'
import { applyLayer, constantNode, type Expression, inputNode, layerLabel } from './expression.ts'

/**
 * A network as a sequence of layers, in an array or by name as in TwoLayerNet: each takes the output of the one before.
 * `lastLayer`, if there is one, takes the labels as well.
 */
export interface LayeredNetwork {
  readonly layers: readonly LayerLike[] | Readonly<Record<string, LayerLike>>
  readonly lastLayer?: LayerLike
}

/** The expression of a network of x and, if a loss takes them, labels t. */
export function networkExpression(
  network: LayeredNetwork | readonly LayerLike[],
  x: NumberOrTensor,
  t?: unknown,
): Expression {
  const [layers, lastLayer] = 'layers' in network ? [network.layers, network.lastLayer] : [network, undefined]
  const sequence = flatten(layers)
  if (t !== undefined && lastLayer) sequence.push([layerLabel(lastLayer), lastLayer])
  return sequence.reduce<Expression>(
    (before, [name, layer], i) => {
      const isLast = i === sequence.length - 1
      const inputs = isLast && t !== undefined ? [before, constantNode('t', t)] : [before]
      return applyLayer(layer, inputs, { name: uniqueName(name, sequence, i), label: name })
    },
    inputNode('x', x),
  )
}

type NamedLayer = [name: string, layer: LayerLike]

/** The layers with their names, in order; a layer that contains an array of layers is replaced by these. */
function flatten(layers: LayeredNetwork['layers']): NamedLayer[] {
  const named: NamedLayer[] = Array.isArray(layers)
    ? layers.map((layer) => [layerLabel(layer), layer])
    : Object.entries(layers)
  return named.flatMap(([name, layer]) => {
    const inner = (layer as Partial<LayeredNetwork>).layers
    return Array.isArray(inner) ? flatten(inner) : [[name, layer] satisfies NamedLayer]
  })
}

/** `Affine1`, `Relu`, `Affine2`: numbered if several layers have the same name. */
function uniqueName(name: string, sequence: readonly NamedLayer[], i: number): string {
  const same = sequence.filter(([other]) => other === name)
  if (same.length === 1) return name
  return `${name}${sequence.slice(0, i + 1).filter(([other]) => other === name).length}`
}
