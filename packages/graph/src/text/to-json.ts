import type { Graph } from '../graph.ts'
import type { Value } from '../value.ts'

export const FORMAT = 'gosa-graph'
export const VERSION = 1

/**
 * The graph as a JSON text, which `fromJson` reads back to the bit. Tensors are `{ shape, dtype, data }`; what JSON has no
 * number for stands in quotes: `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0"`.
 *
 * @param space indents, as in `JSON.stringify`
 */
export function toJson({ nodes, edges }: Graph, space?: number): string {
  const flowing = <T extends { value: Value; gradient?: Value }>(part: T) => ({
    ...part,
    value: written(part.value),
    gradient: part.gradient === undefined ? undefined : written(part.gradient),
  })
  const document = {
    format: FORMAT,
    version: VERSION,
    nodes: nodes.map(flowing),
    edges: edges.map((edge) => ({
      ...flowing(edge),
      local: edge.local === undefined ? undefined : number(edge.local),
    })),
  }
  return JSON.stringify(document, undefined, space)
}

const written = (value: Value) =>
  typeof value === 'number'
    ? number(value)
    : { shape: value.shape, dtype: value.dtype, data: Array.from(value.data, number) }

const number = (x: number): number | string => (Number.isFinite(x) && !Object.is(x, -0) ? x : show(x))

const show = (x: number): string => (x === 0 ? '-0' : String(x))
