/** The computational graph as data: nodes and edges with the values and gradients of one run. */
import type { NumberOrTensor } from '@gosa/linalg'
import { showValue } from '@gosa/linalg/options'

/** A variable, a weight of a layer, a value that is not differentiated (labels), a layer, or the result. */
export type NodeKind = 'input' | 'parameter' | 'constant' | 'operation' | 'output'

/** A node: the source of a value. */
export interface GraphNode {
  /** Unique in its graph: `apple`, `Affine1`, `Affine1.W`. */
  readonly id: string
  readonly kind: NodeKind
  /** The text in the node: `×`, `Affine1`, `W`. */
  readonly label: string
  /** What a layer is set to, if it says so: `30 filters 5×5`, `ratio 0.5`. */
  readonly detail?: string
  /** The shape of the value; `[]` for a number. */
  readonly shape: readonly number[]
  /** The output of the forward pass, a copy. */
  readonly value: NumberOrTensor
  /** ∂L/∂value, summed over the outgoing edges; `undefined` if there was no backward pass. */
  readonly gradient?: NumberOrTensor
}

/** An edge: the value that flows from one node into another, and the gradient that flows back. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly value: NumberOrTensor
  /** What the node `to` sent back along this edge, a copy. */
  readonly gradient?: NumberOrTensor
  /** ∂(output of the node `to`)/∂(this input), if both are single numbers: gradient = upstream gradient × local. */
  readonly local?: number
}

/**
 * A computational graph after a forward and, perhaps, a backward pass.
 *
 * Source: Deep Learning from Scratch, sections 5.1 to 5.3.
 */
export interface Graph {
  /** In topological order: each node after those that it depends on. */
  readonly nodes: readonly GraphNode[]
  /** By the node that they lead into: its inputs, then its weights. */
  readonly edges: readonly GraphEdge[]
}

/** Returns the graph. Throws a `TypeError`, which begins with `caller`, if it is none. */
export function checkGraph(caller: string, graph: Graph): Graph {
  if (Array.isArray(graph?.nodes) && Array.isArray(graph.edges)) return graph
  throw new TypeError(`${caller}: a graph of graphOf or fromJson is needed, not ${showValue(graph)}`)
}
