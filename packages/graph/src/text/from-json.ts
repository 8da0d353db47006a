import { Tensor } from '@gosa/linalg'
import type { Graph, GraphEdge, GraphNode, NodeKind } from '../graph.ts'
import type { Value } from '../value.ts'
import { FORMAT, VERSION } from './to-json.ts'

const kinds: readonly NodeKind[] = ['input', 'parameter', 'constant', 'operation', 'output']

/**
 * The graph that `toJson` wrote. Throws a `SyntaxError` where the text is no JSON, and a `TypeError` that says where it is no
 * graph of this format.
 */
export function fromJson(text: string): Graph {
  const document = asObject(JSON.parse(text), 'the document')
  if (document.format !== FORMAT || document.version !== VERSION) {
    throw fault(`format is to be '${FORMAT}' and version ${VERSION}`)
  }
  const nodes = asArray(document.nodes, 'nodes').map(nodeOf)
  const ids = new Set(nodes.map(({ id }) => id))
  if (ids.size !== nodes.length) throw fault('two nodes have one id')
  return { nodes, edges: asArray(document.edges, 'edges').map((given, i) => edgeOf(given, i, ids)) }
}

function nodeOf(given: unknown, i: number): GraphNode {
  const where = `nodes[${i}]`
  const { id, kind, label, value, gradient } = asObject(given, where)
  if (typeof id !== 'string' || typeof label !== 'string') throw fault(`${where} has no id or no label`)
  if (!kinds.includes(kind as NodeKind)) throw fault(`${where}.kind is none of ${kinds.join(', ')}`)
  const read = valueIn(value, `${where}.value`)
  const shape = typeof read === 'number' ? [] : read.shape
  return { id, kind: kind as NodeKind, label, shape, value: read, gradient: perhaps(gradient, where) }
}

function edgeOf(given: unknown, i: number, ids: ReadonlySet<string>): GraphEdge {
  const where = `edges[${i}]`
  const { from, to, value, gradient, local } = asObject(given, where)
  for (const end of [from, to]) {
    if (typeof end !== 'string' || !ids.has(end)) throw fault(`${where} leads to no node: ${String(end)}`)
  }
  const read = { from: from as string, to: to as string, value: valueIn(value, `${where}.value`) }
  const back = perhaps(gradient, where)
  return local === undefined
    ? { ...read, gradient: back }
    : { ...read, gradient: back, local: numberOf(local, `${where}.local`) }
}

const perhaps = (value: unknown, where: string): Value | undefined =>
  value === undefined ? undefined : valueIn(value, `${where}.gradient`)

function valueIn(given: unknown, where: string): Value {
  if (typeof given !== 'object') return numberOf(given, where)
  const { shape, dtype, data } = asObject(given, where)
  const numbers = asArray(data, `${where}.data`).map((x) => numberOf(x, `${where}.data`))
  const lengths = asArray(shape, `${where}.shape`).map((x) => numberOf(x, `${where}.shape`))
  if (dtype !== 'float32' && dtype !== 'float64') throw fault(`${where}.dtype is neither float32 nor float64`)
  return new Tensor(dtype === 'float32' ? new Float32Array(numbers) : new Float64Array(numbers), lengths)
}

function numberOf(given: unknown, where: string): number {
  if (typeof given === 'number') return given
  if (given === 'NaN' || given === 'Infinity' || given === '-Infinity' || given === '-0') return Number(given)
  throw fault(`${where} holds ${JSON.stringify(given)}, which is no number`)
}

function asObject(given: unknown, where: string): Record<string, unknown> {
  if (typeof given === 'object' && given !== null && !Array.isArray(given))
    return given as Record<string, unknown>
  throw fault(`${where} is no object`)
}

function asArray(given: unknown, where: string): unknown[] {
  if (Array.isArray(given)) return given
  throw fault(`${where} is no array`)
}

const fault = (what: string) => new TypeError(`fromJson: this is no graph that toJson wrote: ${what}`)
