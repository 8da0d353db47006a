/** Graphs as JSON and back. */
import { type NumberOrTensor, Tensor } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'
import { checkGraph, type Graph, type GraphEdge, type GraphNode, type NodeKind } from '../graph.ts'

const FORMAT = 'gosa-graph'
const VERSION = 1
const KINDS: readonly NodeKind[] = ['input', 'parameter', 'constant', 'operation', 'output']

/**
 * A graph as JSON, which `fromJson` reads back to the bit. Tensors are `{ shape, dtype, data }`; numbers that JSON does not have
 * are strings: `"NaN"`, `"Infinity"`, `"-Infinity"`, `"-0"`.
 *
 * @param space indentation, as in `JSON.stringify`
 */
export function toJson(graph: Graph, space?: number): string {
  const { nodes, edges } = checkGraph('toJson', graph)
  const encodeFlow = <T extends { value: NumberOrTensor; gradient?: NumberOrTensor }>(part: T) => ({
    ...part,
    value: encodeValue(part.value),
    gradient: part.gradient === undefined ? undefined : encodeValue(part.gradient),
  })
  const document = {
    format: FORMAT,
    version: VERSION,
    nodes: nodes.map(encodeFlow),
    edges: edges.map((edge) => ({
      ...encodeFlow(edge),
      local: edge.local === undefined ? undefined : encodeNumber(edge.local),
    })),
  }
  return JSON.stringify(document, undefined, space)
}

const encodeValue = (value: NumberOrTensor) =>
  typeof value === 'number'
    ? encodeNumber(value)
    : { shape: value.shape, dtype: value.dtype, data: Array.from(value.data, encodeNumber) }

function encodeNumber(x: number): number | string {
  if (Object.is(x, -0)) return '-0'
  return Number.isFinite(x) ? x : String(x)
}

/**
 * The graph that `toJson` wrote. Throws a `SyntaxError` if the text is not JSON, and a `TypeError` that says what is wrong if it
 * is not a graph of this format.
 */
export function fromJson(text: string): Graph {
  if (typeof text !== 'string') throw new TypeError(`fromJson: a text is needed, not ${showValue(text)}`)
  const document = asObject(parse(text), 'the document')
  if (document.format !== FORMAT || document.version !== VERSION) {
    throw invalid(`format must be '${FORMAT}' and version ${VERSION}`)
  }
  const nodes = asArray(document.nodes, 'nodes').map(decodeNode)
  const ids = new Set(nodes.map(({ id }) => id))
  if (ids.size !== nodes.length) throw invalid('two nodes have the same id')
  return { nodes, edges: asArray(document.edges, 'edges').map((edge, i) => decodeEdge(edge, i, ids)) }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new SyntaxError(`fromJson: ${(error as Error).message}`, { cause: error })
  }
}

function decodeNode(json: unknown, i: number): GraphNode {
  const path = `nodes[${i}]`
  const { id, kind, label, detail, value, gradient } = asObject(json, path)
  if (typeof id !== 'string' || typeof label !== 'string') throw invalid(`${path} has no id or no label`)
  if (!KINDS.includes(kind as NodeKind)) throw invalid(`${path}.kind must be one of ${KINDS.join(', ')}`)
  const decoded = decodeValue(value, `${path}.value`)
  const shape = typeof decoded === 'number' ? [] : decoded.shape
  return {
    id,
    kind: kind as NodeKind,
    label,
    ...(typeof detail === 'string' && { detail }),
    shape,
    value: decoded,
    gradient: decodeGradient(gradient, path),
  }
}

function decodeEdge(json: unknown, i: number, ids: ReadonlySet<string>): GraphEdge {
  const path = `edges[${i}]`
  const { from, to, value, gradient, local } = asObject(json, path)
  for (const end of [from, to]) {
    if (typeof end !== 'string' || !ids.has(end))
      throw invalid(`${path} leads to an unknown node: ${String(end)}`)
  }
  return {
    from: from as string,
    to: to as string,
    value: decodeValue(value, `${path}.value`),
    gradient: decodeGradient(gradient, path),
    ...(local !== undefined && { local: decodeNumber(local, `${path}.local`) }),
  }
}

const decodeGradient = (json: unknown, path: string): NumberOrTensor | undefined =>
  json === undefined ? undefined : decodeValue(json, `${path}.gradient`)

function decodeValue(json: unknown, path: string): NumberOrTensor {
  if (typeof json !== 'object') return decodeNumber(json, path)
  const { shape, dtype, data } = asObject(json, path)
  const numbers = asArray(data, `${path}.data`).map((x) => decodeNumber(x, `${path}.data`))
  const lengths = asArray(shape, `${path}.shape`).map((x) => decodeNumber(x, `${path}.shape`))
  if (dtype !== 'float32' && dtype !== 'float64')
    throw invalid(`${path}.dtype must be float32 or float64, not ${String(dtype)}`)
  return new Tensor(dtype === 'float32' ? new Float32Array(numbers) : new Float64Array(numbers), lengths)
}

function decodeNumber(json: unknown, path: string): number {
  if (typeof json === 'number') return json
  if (json === 'NaN' || json === 'Infinity' || json === '-Infinity' || json === '-0') return Number(json)
  throw invalid(`${path} is not a number: ${JSON.stringify(json)}`)
}

function asObject(json: unknown, path: string): Record<string, unknown> {
  if (typeof json === 'object' && json !== null && !Array.isArray(json))
    return json as Record<string, unknown>
  throw invalid(`${path} is not an object`)
}

function asArray(json: unknown, path: string): unknown[] {
  if (Array.isArray(json)) return json
  throw invalid(`${path} is not an array`)
}

const invalid = (reason: string) => new TypeError(`fromJson: not a graph that toJson wrote: ${reason}`)
