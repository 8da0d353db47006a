import type { Graph, GraphEdge, GraphNode } from './graph.ts'
import type { Value } from './value.ts'

/** A node gives its value, from those that come in. */
export interface ForwardStep {
  readonly direction: 'forward'
  readonly node: GraphNode
  /** The arrows into it, whose values are used. */
  readonly inputs: readonly GraphEdge[]
  readonly value: Value
}

/** A node sends gradients back: along each arrow into it, upstream × local. */
export interface BackwardStep {
  readonly direction: 'backward'
  readonly node: GraphNode
  /** The arrows into it, which are given a gradient (and a local derivative, where all are single numbers). */
  readonly inputs: readonly GraphEdge[]
  /** ∂L/∂(what the node gives): the gradients of all arrows that leave it, added. */
  readonly upstream: Value
}

export type Step = ForwardStep | BackwardStep

/**
 * The graph, one node at a time: each operation forwards; then backwards from the result, with which the gradient starts, each
 * operation in reverse. Where nothing was differentiated, the steps forwards are all.
 */
export function stepsOf({ nodes, edges }: Graph): Step[] {
  const into = (node: GraphNode) => edges.filter(({ to }) => to === node.id)
  const operations = nodes.filter(({ kind }) => kind === 'operation')
  const back = nodes
    .filter(({ kind, gradient }) => (kind === 'operation' || kind === 'output') && gradient !== undefined)
    .reverse()
  return [
    ...operations.map(
      (node): Step => ({ direction: 'forward', node, inputs: into(node), value: node.value }),
    ),
    ...back.map(
      (node): Step => ({
        direction: 'backward',
        node,
        inputs: into(node),
        upstream: node.gradient as Value,
      }),
    ),
  ]
}
