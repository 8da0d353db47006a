import { type Expression, isExpression, type Operation } from './expression.ts'
import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import type { LayerLike, NetworkLike, ParameterLike } from './layer-like.ts'
import { backward, type Returned } from './run/backward.ts'
import { expressionOf } from './run/expression-of.ts'
import { forward } from './run/forward.ts'
import { inOrder, namesOf } from './run/order.ts'
import { asNumber, copyOf, onesLike, shapeOf, type Value } from './value.ts'

/** How a graph is run. */
export interface GraphOptions {
  /**
   * ∂L/∂(the result), 1 by default where the result is a single number. A larger result without a `dout` is run forwards
   * alone.
   */
  dout?: Value
  /** Given to every `forward` as `{ train }`, behind its inputs. */
  train?: boolean
  /** What the result is called; the name of the last operation by default, for a loss of labels L. */
  result?: string
}

/** Runs an expression through its layers, forwards and backwards, and records what flows. The layers keep this pass. */
export function graphOf(expression: Expression, options?: GraphOptions): Graph
/**
 * Runs a network, or layers in a row, on x and (with a loss at the end) labels t, and records what flows. The layers keep this
 * pass: gradients that they hold are replaced. What is recorded are copies.
 */
export function graphOf(
  network: NetworkLike | readonly LayerLike[],
  x: Value,
  t?: unknown,
  options?: GraphOptions,
): Graph
export function graphOf(
  subject: Expression | NetworkLike | readonly LayerLike[],
  ...[first, t, options]: [(Value | GraphOptions)?, unknown?, GraphOptions?]
): Graph {
  if (isExpression(subject)) return run(subject, first as GraphOptions | undefined)
  if (!Array.isArray(subject) && !('layers' in Object(subject))) {
    throw new TypeError(
      `graphOf: takes an expression (input, apply), layers in an array, or a network with layers, not ${String(subject)}`,
    )
  }
  if (first === undefined) throw new TypeError('graphOf: a network runs on an x: graphOf(network, x, t)')
  return run(expressionOf(subject, first as Value, t), {
    ...(t !== undefined && { result: 'L' }),
    ...options,
  })
}

function run(root: Expression, { dout, train, result = root.name ?? 'y' }: GraphOptions = {}): Graph {
  const parts = inOrder(root)
  const names = namesOf(parts)
  const weights = new Map(parts.map((part) => [part, weightsOf(part)]))
  const ahead = forward(parts, train)
  const value = ahead.copies.get(root) as Value
  const start = dout ?? (asNumber(value) === undefined ? undefined : onesLike(value))
  const back = start === undefined ? undefined : backward(parts, ahead, start)

  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const add = (id: string, kind: GraphNode['kind'], label: string, value: Value, gradient?: Value) =>
    nodes.push({ id, kind, label, shape: shapeOf(value), value, gradient })
  const nameOf = (part: Expression) => names.get(part) as string
  const copyFor = (part: Expression) => ahead.copies.get(part) as Value
  for (const part of parts) {
    const id = nameOf(part)
    const returned: readonly Returned[] = back?.returned.get(part) ?? []
    if (part.kind === 'operation') {
      edges.push(
        ...part.inputs.map((one, i) => ({ from: nameOf(one), to: id, value: copyFor(one), ...returned[i] })),
      )
    }
    for (const { name, value, grad } of weights.get(part) ?? []) {
      const gradient = back && grad()
      add(`${id}.${name}`, 'parameter', name, value, gradient)
      edges.push({ from: `${id}.${name}`, to: id, value, gradient })
    }
    add(id, part.kind, part.label, copyFor(part), back?.gradients.get(part))
  }
  add(`${nameOf(root)}.out`, 'output', result, value, start)
  edges.push({ from: nameOf(root), to: `${nameOf(root)}.out`, value, gradient: start })
  return { nodes, edges }
}

/** The weights of a layer as they are now, and their gradients later. */
const weightsOf = (part: Expression) =>
  ((part as Partial<Operation>).layer?.parameters?.() ?? []).map((parameter: ParameterLike) => ({
    name: parameter.name,
    value: copyOf(parameter.value),
    grad: () => copyOf(parameter.grad),
  }))
