/** The layout of a graph: the positions of everything, independent of how it is drawn. */
import type { Graph, GraphEdge, GraphNode } from '../graph.ts'
import { type PlacedBox, placeInColumns } from './columns.ts'
import { alongFlow, centredAt, type FlowDirection, type Rectangle } from './geometry.ts'
import {
  DETAIL_SIZE,
  type EdgeLabelOptions,
  edgeLabels,
  type FlowLabel,
  type NodeShape,
  nodeShape,
  type TextBox,
  textWidth,
} from './measure.ts'
import { bendsOf, type Route, routesOf } from './routes.ts'

export interface DrawnNode {
  readonly node: GraphNode
  readonly shape: NodeShape['kind']
  readonly box: Rectangle
  readonly label: TextBox
  /** The second line of a layer that has one. */
  readonly detail?: TextBox
}

export interface DrawnEdge {
  readonly edge: GraphEdge
  /** As if values flowed to the right: mirrored along the diagonal if they flow down. */
  readonly route: Route & { readonly bends: readonly number[] }
  readonly value: FlowLabel
  readonly gradient?: FlowLabel
}

/** A graph with the positions of its nodes, edges and labels. */
export interface Scene {
  readonly width: number
  readonly height: number
  readonly direction: FlowDirection
  readonly nodes: readonly DrawnNode[]
  readonly edges: readonly DrawnEdge[]
}

/** Lays out a graph. The labels of an edge are placed as a box of their own, through the middle of which the edge runs. */
export function sceneOf(graph: Graph, options: EdgeLabelOptions): Scene {
  const { direction } = options
  const { nodes, edges } = graph
  const labels = edges.map((edge) => edgeLabels(edge, options))
  const shapes = nodes.map((node) => nodeShape(node, graph, direction))
  const placement = placeInColumns(
    [
      ...shapes.map(({ node, width, height }) =>
        alongFlow({ id: nodeId(node.id), width, height }, direction),
      ),
      ...labels.map(({ width, height }, i) => alongFlow({ id: labelsId(i), width, height }, direction)),
    ],
    edges.flatMap(({ from, to }, i) => [
      { from: nodeId(from), to: labelsId(i) },
      { from: labelsId(i), to: nodeId(to) },
    ]),
  )
  const boxOf = (id: string) => placement.boxes.get(id) as PlacedBox
  const routes = routesOf(
    edges.map(({ from, to }, i) => ({
      from: boxOf(nodeId(from)),
      labels: boxOf(labelsId(i)),
      to: boxOf(nodeId(to)),
      before: placement.stretches[2 * i],
      after: placement.stretches[2 * i + 1],
    })),
  )
  const { shift, middles } = bendsOf(routes.map(({ stretches }) => stretches))
  const moved = (x: number) => x + shift(x)
  const centreOf = (id: string): [x: number, y: number] => {
    const { x, y } = boxOf(id)
    return direction === 'right' ? [moved(x), y] : [y, moved(x)]
  }
  const { width, height } = alongFlow({ ...placement, width: moved(placement.width) }, direction)
  return {
    ...{ width, height, direction },
    nodes: shapes.map((shape) => drawnNode(shape, ...centreOf(nodeId(shape.node.id)))),
    edges: edges.map((edge, i) => ({
      edge,
      route: {
        ...routes[i],
        bends: middles[i],
        stretches: routes[i].stretches.map(({ left, right, y }) => ({
          left: moved(left),
          right: moved(right),
          y,
        })),
      },
      ...labels[i].at(...centreOf(labelsId(i))),
    })),
  }
}

const nodeId = (id: string) => `node ${id}`
const labelsId = (i: number) => `labels ${i}`

function drawnNode(shape: NodeShape, x: number, y: number): DrawnNode {
  const { node, kind, text, size, detail } = shape
  const textBox = (line: string, fontSize: number, lineY: number): TextBox => {
    const lineSize = { width: textWidth(line) * fontSize, height: 1.3 * fontSize }
    return { text: line, size: fontSize, ...centredAt(lineSize, x, lineY) }
  }
  return {
    node,
    shape: kind,
    box: centredAt(shape, x, y),
    label: textBox(text, size, detail ? y - 0.65 * DETAIL_SIZE : y),
    ...(detail && { detail: textBox(detail, DETAIL_SIZE, y + 0.65 * size) }),
  }
}
