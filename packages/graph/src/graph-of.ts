/** `graphOf`: runs an expression or a network and records values and gradients as a graph. */
import type { LayerLike, NumberOrTensor } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { type Expression, isExpression, type OperationNode } from './expression.ts'
import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import { layerDetail } from './layer-detail.ts'
import { type LayeredNetwork, networkExpression } from './network.ts'
import { runBackward, runForward } from './run.ts'
import { asNumber, copyOf, isNumberOrTensor, onesLike, shapeOf } from './values.ts'

/** How a graph is run. */
export interface GraphOptions {
  /**
   * ∂L/∂(the result); by default 1 if the result is a single number. For a larger result without `dout` there is no backward
   * pass.
   */
  dout?: NumberOrTensor
  /** Passed to every `forward` as `{ train }`, after its inputs. */
  train?: boolean
  /** The label of the result; by default the name of the last operation, and `L` for a loss with labels. */
  result?: string
}

/** Runs an expression forwards and backwards and records what flows. The layers keep the state of this pass. */
export function graphOf(expression: Expression, options?: GraphOptions): Graph
/**
 * Runs a network, or layers in sequence, on x and (with a loss as last layer) labels t, and records what flows as copies. The
 * layers keep the state of this pass: their gradients are replaced.
 */
export function graphOf(
  network: LayeredNetwork | readonly LayerLike[],
  x: NumberOrTensor,
  t?: unknown,
  options?: GraphOptions,
): Graph
export function graphOf(
  subject: Expression | LayeredNetwork | readonly LayerLike[],
  ...[first, t, options]: [(NumberOrTensor | GraphOptions)?, unknown?, GraphOptions?]
): Graph {
  if (isExpression(subject)) return runGraph(subject, first as GraphOptions | undefined)
  if (!Array.isArray(subject) && !('layers' in Object(subject))) {
    throw new TypeError(
      'graphOf: the first argument must be an expression (inputNode, applyLayer), an array of layers, or a network with ' +
        `layers, not ${showValue(subject)}`,
    )
  }
  if (!isNumberOrTensor(first)) {
    throw new TypeError(
      `graphOf: a network needs x, a number or a tensor, not ${showValue(first)}: graphOf(network, x, t)`,
    )
  }
  checkOptions('graphOf', options, GRAPH_OPTIONS)
  return runGraph(networkExpression(subject, first, t), {
    ...(t !== undefined && { result: 'L' }),
    ...options,
  })
}

const GRAPH_OPTIONS = ['dout', 'train', 'result'] as const

function runGraph(root: Expression, options?: GraphOptions): Graph {
  const { dout, train, result = root.name ?? 'y' } = checkOptions('graphOf', options, GRAPH_OPTIONS)
  if (dout !== undefined && !isNumberOrTensor(dout)) {
    throw new TypeError(`graphOf: dout must be a number or a tensor, not ${showValue(dout)}`)
  }
  const parts = topologicalOrder(root)
  const names = uniqueNames(parts)
  const weights = new Map(parts.map((part) => [part, weightsOf(part)]))
  const outputs = runForward(parts, train)
  const outputOf = (part: Expression) => outputs.get(part) as NumberOrTensor
  const value = outputOf(root)
  const upstream = dout ?? (asNumber(value) === undefined ? undefined : onesLike(value))
  const gradients = upstream === undefined ? undefined : runBackward(parts, outputs, upstream)

  const nodes: GraphNode[] = []
  const edges: GraphEdge[] = []
  const add = (
    id: string,
    kind: GraphNode['kind'],
    label: string,
    value: NumberOrTensor,
    gradient?: NumberOrTensor,
    detail?: string,
  ) => nodes.push({ id, kind, label, ...(detail && { detail }), shape: shapeOf(value), value, gradient })
  const nameOf = (part: Expression) => names.get(part) as string
  for (const part of parts) {
    const id = nameOf(part)
    if (part.kind === 'operation') {
      const returned = gradients?.ofInputs.get(part) ?? []
      edges.push(
        ...part.inputs.map((one, i) => ({ from: nameOf(one), to: id, value: outputOf(one), ...returned[i] })),
      )
    }
    for (const { name, value, grad } of weights.get(part) ?? []) {
      const gradient = gradients && grad()
      add(`${id}.${name}`, 'parameter', name, value, gradient)
      edges.push({ from: `${id}.${name}`, to: id, value, gradient })
    }
    const detail = part.kind === 'operation' ? layerDetail(part.layer) : undefined
    add(id, part.kind, part.label, outputOf(part), gradients?.ofParts.get(part), detail)
  }
  add(`${nameOf(root)}.out`, 'output', result, value, upstream)
  edges.push({ from: nameOf(root), to: `${nameOf(root)}.out`, value, gradient: upstream })
  return { nodes, edges }
}

/** Copies of a layer's weights as they are now, and of their gradients when called. */
const weightsOf = (part: Expression) =>
  ((part as Partial<OperationNode>).layer?.parameters?.() ?? []).map((parameter) => ({
    name: parameter.name,
    value: copyOf(parameter.value),
    grad: () => copyOf(parameter.grad),
  }))

/**
 * The parts of an expression, each once and after its inputs.
 *
 * Throws a `RangeError` if one layer is applied twice: it keeps only one `forward`, so that a gradient would be lost.
 */
function topologicalOrder(root: Expression): Expression[] {
  const visited = new Set<Expression>()
  const layers = new Set<object>()
  // Not recursive: an expression may be thousands of layers deep.
  const stack: Expression[] = [root]
  while (stack.length > 0) {
    const part = stack[stack.length - 1]
    const missing = part.kind === 'operation' ? part.inputs.find((input) => !visited.has(input)) : undefined
    if (missing) stack.push(missing)
    else {
      stack.pop()
      if (part.kind === 'operation' && !visited.has(part)) checkAppliedOnce(part, layers)
      visited.add(part)
    }
  }
  return [...visited]
}

function checkAppliedOnce({ layer, name, label }: OperationNode, layers: Set<object>): void {
  if (layers.has(layer)) {
    throw new RangeError(
      `graphOf: the same layer (${name ?? label}) is applied twice; make a second one, each keeps its own forward`,
    )
  }
  layers.add(layer)
}

/** A name for each part: its own, or its label with a number. Throws a `RangeError` for a name that is used twice. */
function uniqueNames(parts: readonly Expression[]): Map<Expression, string> {
  const taken = new Set(parts.map(({ name }) => name))
  const named = parts.filter(({ name }) => name !== undefined)
  const duplicate = named.find((part, i) => named.findIndex(({ name }) => name === part.name) < i)
  if (duplicate) {
    throw new RangeError(
      `graphOf: two parts have the name '${duplicate.name}'; names must be unique, labels need not be`,
    )
  }
  let count = 0
  const numbered = (label: string): string => {
    const name = `${label}${++count}`
    return taken.has(name) ? numbered(label) : name
  }
  return new Map(parts.map((part) => [part, part.name ?? numbered(part.label)]))
}
