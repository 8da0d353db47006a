/** A graph one node at a time, for walk-throughs of the forward and the backward pass. */
import type { NumberOrTensor } from '@gosa/linalg'
import { checkGraph, type Graph, type GraphEdge, type GraphNode } from './graph.ts'

/** A node computes its output from its inputs. */
export interface ForwardStep {
  readonly direction: 'forward'
  readonly node: GraphNode
  /** The edges into the node. */
  readonly inputs: readonly GraphEdge[]
  readonly value: NumberOrTensor
}

/** A node sends gradients back along the edges of its inputs: upstream × local. */
export interface BackwardStep {
  readonly direction: 'backward'
  readonly node: GraphNode
  /** The edges into the node, with the gradient and, for single numbers, the local derivative. */
  readonly inputs: readonly GraphEdge[]
  /** ∂L/∂(output of the node): the sum of the gradients of its outgoing edges. */
  readonly upstream: NumberOrTensor
}

export type GraphStep = ForwardStep | BackwardStep

/**
 * The steps of a graph: each operation forwards; then, if there was a backward pass, the result, where the gradient starts,
 * and each operation in reverse order.
 */
export function stepsOf(graph: Graph): GraphStep[] {
  const { nodes, edges } = checkGraph('stepsOf', graph)
  const inputsOf = (node: GraphNode) => edges.filter(({ to }) => to === node.id)
  const forward = nodes.filter(({ kind }) => kind === 'operation')
  const backward = nodes
    .filter(({ kind, gradient }) => (kind === 'operation' || kind === 'output') && gradient !== undefined)
    .reverse()
  return [
    ...forward.map(
      (node): GraphStep => ({ direction: 'forward', node, inputs: inputsOf(node), value: node.value }),
    ),
    ...backward.map(
      (node): GraphStep => ({
        direction: 'backward',
        node,
        inputs: inputsOf(node),
        upstream: node.gradient as NumberOrTensor,
      }),
    ),
  ]
}
