import type { Graph, GraphNode } from '../graph.ts'
import type { Direction } from './direction.ts'
import { cut, textWidth } from './text-size.ts'

/** How a node is drawn, and how much room that takes. */
export interface Form {
  readonly node: GraphNode
  readonly kind: 'circle' | 'box' | 'pill'
  readonly text: string
  readonly size: number
  readonly width: number
  readonly height: number
}

/** Room for an arrow at the side of a node. */
const PORT = 13

/** A circle for short operations, a box for long ones, a pill for what is given or comes of it; with room for all arrows. */
export function formOf(node: GraphNode, { edges }: Graph, direction: Direction): Form {
  const text = cut(node.label, 24)
  const [into, outOf] = [
    edges.filter(({ to }) => to === node.id),
    edges.filter(({ from }) => from === node.id),
  ]
  const ports = PORT * Math.max(1, into.length, outOf.length)
  const kind = node.kind !== 'operation' ? 'pill' : [...text].length <= 2 ? 'circle' : 'box'
  const size = kind === 'circle' ? 20 : 13.5
  const needed = textWidth(text) * size
  if (kind === 'circle') {
    const across = Math.max(38, needed * 1.1, ports * 1.2)
    return { node, kind, text, size, width: across, height: across }
  }
  const [wide, high] = [Math.max(needed + 18, 34), kind === 'box' ? 38 : 28]
  return direction === 'right'
    ? { node, kind, text, size, width: wide, height: Math.max(high, ports + 6) }
    : { node, kind, text, size, width: Math.max(wide, ports + 18), height: high }
}
