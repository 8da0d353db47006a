import type { NetworkLike } from '@gosa/gradcheck'
import type { Tensor } from '@gosa/linalg'
import type { TwoLayerNet, TwoLayerNetTensors } from '@gosa/networks'

/** Some rows of a weight. */
export interface Rows {
  readonly name: keyof TwoLayerNetTensors
  readonly from: number
  readonly to: number
}

/** About as many entries make a slice: so few that threads end together, so many that a slice is worth the asking. */
const ENTRIES = 2500

/**
 * The weights cut into slices of rows that can be checked one by one. They depend on the shapes alone and not on the
 * number of threads, so the figures do not either.
 */
export function slicesOf(shapes: Readonly<Record<keyof TwoLayerNetTensors, readonly number[]>>): Rows[] {
  return (Object.keys(shapes) as Rows['name'][]).flatMap((name) => {
    const [rows, ...rest] = shapes[name]
    const size = rest.reduce((product, length) => product * length, rows)
    const count = Math.ceil(size / ENTRIES)
    const edge = (k: number): number => Math.round((k * rows) / count)
    return Array.from({ length: count }, (_, k) => ({ name, from: edge(k), to: edge(k + 1) }))
  })
}

/** The network as far as the given rows are concerned: the same loss, and no other weights to be seen. */
export function sliceOf(network: TwoLayerNet, { name, from, to }: Rows): NetworkLike {
  return {
    parameters: () => [{ name, value: network.params[name].rows(from, to) }],
    loss: (x: Tensor, t: Uint8Array) => network.loss(x, t),
    gradient: (x: Tensor, t: Uint8Array) => ({ [name]: network.gradient(x, t)[name].rows(from, to) }),
  }
}
