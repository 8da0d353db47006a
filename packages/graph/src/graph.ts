import type { Value } from './value.ts'

/**
 * What a node stands for: a variable, a weight of a layer, something that is not differentiated (labels), a layer, or the
 * result.
 */
export type NodeKind = 'input' | 'parameter' | 'constant' | 'operation' | 'output'

/** A node: where a value comes from. */
export interface GraphNode {
  /** Unique in its graph: `apple`, `Affine1`, `Affine1.W`. */
  readonly id: string
  readonly kind: NodeKind
  /** What is written into it: `×`, `Affine1`, `W`. */
  readonly label: string
  /** The lengths of the value's axes; none for a number. */
  readonly shape: readonly number[]
  /** What it gave forwards, a copy. */
  readonly value: Value
  /** ∂L/∂value, the sum over the arrows that leave it; undefined where nothing was differentiated. */
  readonly gradient?: Value
}

/** An arrow: the value that goes from one node into another, and the gradient that comes back. */
export interface GraphEdge {
  readonly from: string
  readonly to: string
  readonly value: Value
  /** What the node `to` sent back along this arrow, a copy. */
  readonly gradient?: Value
  /** ∂(what the node gives)/∂(this input), where both are single numbers: gradient = gradient of the node × local. */
  readonly local?: number
}

/**
 * A computational graph after it has run, forwards and backwards, as data.
 *
 * Source: Deep Learning from Scratch, sections 5.1 to 5.3.
 */
export interface Graph {
  /** In an order in which it runs forwards: each node after those that it needs. */
  readonly nodes: readonly GraphNode[]
  /** By the node into which they lead, its inputs first and its weights behind them. */
  readonly edges: readonly GraphEdge[]
}
