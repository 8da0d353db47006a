import { apply, constant, type Expression, input, symbolOf } from '../expression.ts'
import type { LayerLike, NetworkLike } from '../layer-like.ts'
import type { Value } from '../value.ts'

/** A network as an expression of x and, where a loss takes them, labels t. */
export function expressionOf(network: NetworkLike | readonly LayerLike[], x: Value, t?: unknown): Expression {
  const [layers, lastLayer] = 'layers' in network ? [network.layers, network.lastLayer] : [network, undefined]
  const row = inARow(layers)
  if (t !== undefined && lastLayer) row.push([symbolOf(lastLayer), lastLayer])
  return row.reduce<Expression>(
    (before, [name, layer], i) => {
      const last = i === row.length - 1
      const inputs = last && t !== undefined ? [before, constant('t', t)] : [before]
      return apply(layer, inputs, { name: unique(name, row, i), label: name })
    },
    input('x', x),
  )
}

type Named = [name: string, layer: LayerLike]

/** Layers with their names, in the order in which they are fed; those of a row within the row stand in it one by one. */
function inARow(layers: NetworkLike['layers']): Named[] {
  const named: Named[] = Array.isArray(layers)
    ? layers.map((layer) => [symbolOf(layer), layer])
    : Object.entries(layers)
  return named.flatMap(([name, layer]) => {
    const within = (layer as Partial<NetworkLike>).layers
    return Array.isArray(within) ? inARow(within) : [[name, layer] satisfies Named]
  })
}

/** `Affine1`, `Relu`, `Affine2`: numbered where several of a row have one name. */
function unique(name: string, row: readonly Named[], i: number): string {
  const same = row.filter(([other]) => other === name)
  return same.length === 1 ? name : `${name}${row.slice(0, i + 1).filter(([other]) => other === name).length}`
}
