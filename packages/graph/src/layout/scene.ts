import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import type { HeatMap } from '../svg/heat-map.ts'
import { type CellOptions, cellOf, centred, type Shown } from './cell.ts'
import { channels } from './channels.ts'
import { type Direction, turned } from './direction.ts'
import { type Form, formOf } from './form.ts'
import { type Placed, place } from './place.ts'
import { type Route, routes } from './route.ts'
import { textWidth } from './text-size.ts'

/** A rectangle, by its top left corner. */
export interface Rectangle {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

/** A line of text in the middle of its rectangle. */
export interface Text extends Rectangle {
  readonly text: string
  readonly size: number
}

export interface Heat extends Rectangle {
  readonly map: HeatMap
}

export interface DrawnNode {
  readonly node: GraphNode
  readonly form: Form['kind']
  readonly box: Rectangle
  readonly label: Text
}

export interface DrawnEdge {
  readonly edge: GraphEdge
  /** As if values flowed to the right: with its axes exchanged where they flow down. */
  readonly route: Route & { readonly bends: readonly number[] }
  readonly value: Shown
  readonly gradient?: Shown
}

/** Where everything stands, and nothing of how it looks. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly direction: Direction
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}

/** Lays out a graph: on each arrow a cell is kept free, in the middle of which the arrow runs, for what flows along it. */
export function sceneOf(graph: Graph, options: CellOptions): Scene {
  const { direction } = options
  const { nodes, edges } = graph
  const cells = edges.map((edge) => cellOf(edge, options))
  const forms = nodes.map((node) => formOf(node, graph, direction))
  const placement = place(
    [
      ...forms.map(({ node, width, height }) => turned({ id: nodeId(node.id), width, height }, direction)),
      ...cells.map(({ width, height }, i) => turned({ id: cellId(i), width, height }, direction)),
    ],
    edges.flatMap(({ from, to }, i) => [
      { from: nodeId(from), to: cellId(i) },
      { from: cellId(i), to: nodeId(to) },
    ]),
  )
  const at = (id: string) => placement.boxes.get(id) as Placed
  const lines = routes(
    edges.map(({ from, to }, i) => ({
      from: at(nodeId(from)),
      cell: at(cellId(i)),
      to: at(nodeId(to)),
      before: placement.stretches[2 * i],
      behind: placement.stretches[2 * i + 1],
    })),
  )
  const { shift, bends } = channels(lines.map(({ stretches }) => stretches))
  const moved = (x: number) => x + shift(x)
  const middle = (id: string): [x: number, y: number] => {
    const { x, y } = at(id)
    return direction === 'right' ? [moved(x), y] : [y, moved(x)]
  }
  const { width, height } = turned({ ...placement, width: moved(placement.width) }, direction)
  return {
    ...{ width, height, direction },
    nodes: forms.map((form) => drawnNode(form, ...middle(nodeId(form.node.id)))),
    edges: edges.map((edge, i) => ({
      edge,
      route: {
        ...lines[i],
        bends: bends[i],
        stretches: lines[i].stretches.map(({ left, right, y }) => ({
          left: moved(left),
          right: moved(right),
          y,
        })),
      },
      ...cells[i].at(...middle(cellId(i))),
    })),
  }
}

const nodeId = (id: string) => `node ${id}`
const cellId = (i: number) => `cell ${i}`

function drawnNode(form: Form, x: number, y: number): DrawnNode {
  const { node, kind, text, size } = form
  const needed = { width: textWidth(text) * size, height: 1.3 * size }
  return { node, form: kind, box: centred(form, x, y), label: { text, size, ...centred(needed, x, y) } }
}
