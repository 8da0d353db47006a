/** Places boxes in columns along the flow, with dagre. */
import { Graph as Dagre, type LayoutConfig, layout } from '@dagrejs/dagre'
import { COLUMN_GAP, type Column, type Stretch } from './geometry.ts'

/** A box to be placed. */
export interface SizedBox {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** A box by its centre, with the extent of its column. */
export interface PlacedBox extends SizedBox {
  readonly x: number
  readonly y: number
  readonly column: Column
}

export interface Placement {
  readonly width: number
  readonly height: number
  readonly boxes: ReadonlyMap<string, PlacedBox>
  /** The stretches of each line between its ends. */
  readonly stretches: readonly (readonly Stretch[])[]
}

/**
 * Places boxes in columns from left to right along the lines, so that no two boxes overlap and no horizontal stretch of a line
 * crosses a box. Two boxes of one line are never in the same column.
 *
 * dagre ranks by network simplex, orders by barycentres if that reduces crossings, and finds coordinates as in Brandes and Köpf
 * (2001).
 */
export function placeInColumns(
  boxes: readonly SizedBox[],
  lines: readonly { readonly from: string; readonly to: string }[],
): Placement {
  const graph = new Dagre({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 14, ranksep: COLUMN_GAP, marginx: 12, marginy: 12 })
  // Our own ids, since names may be anything, even `__proto__`.
  const ids = new Map(boxes.map(({ id }, i) => [id, `n${i}`]))
  const idOf = (id: string) => ids.get(id) as string
  for (const { id, width, height } of boxes) graph.setNode(idOf(id), { width, height })
  for (const [i, { from, to }] of lines.entries()) graph.setEdge(idOf(from), idOf(to), {}, `e${i}`)
  layout(graph, { customOrder: readingOrder })

  const placed = boxes.map((box) => {
    const { x, y } = graph.node(idOf(box.id))
    return { ...box, x, y }
  })
  const columns = columnsOf(placed)
  const columnAt = (x: number) => columns.get(Math.round(x))
  const { width, height } = graph.graph() as { width: number; height: number }
  return {
    width,
    height,
    boxes: new Map(placed.map((box) => [box.id, { ...box, column: columnAt(box.x) as Column }])),
    stretches: lines.map(({ from, to }, i) => {
      const { points } = graph.edge(idOf(from), idOf(to), `e${i}`) as { points: { x: number; y: number }[] }
      // The first and the last point are on the boxes; points between columns are left out, so that the line can bend there.
      return points.slice(1, -1).flatMap(({ x, y }) => {
        const column = columnAt(x)
        return column ? [{ ...column, y }] : []
      })
    }),
  }
}

/** The columns by the rounded x of their centres. */
function columnsOf(boxes: readonly { x: number; width: number }[]): Map<number, Column> {
  const columns = new Map<number, Column>()
  for (const { x, width } of boxes) {
    const { left, right } = columns.get(Math.round(x)) ?? { left: x, right: x }
    columns.set(Math.round(x), {
      left: Math.min(left, x - width / 2),
      right: Math.max(right, x + width / 2),
    })
  }
  return columns
}

type Order = NonNullable<LayoutConfig['customOrder']>

/** Within a column boxes keep the order in which they were given, as in the code, unless dagre's order has fewer crossings. */
const readingOrder: Order = (graph, order) => {
  order(graph, { disableOptimalOrderHeuristic: true })
  const fewest = countCrossings(graph)
  if (fewest === 0) return
  const given = new Map(graph.nodes().map((id) => [id, graph.node(id).order]))
  order(graph)
  if (countCrossings(graph) < fewest) return
  for (const [id, position] of given) graph.node(id).order = position
}

/** Number of pairs of lines between neighbouring columns that cross. */
function countCrossings(graph: Parameters<Order>[0]): number {
  const lines = graph.edges().map(({ v, w }) => {
    const [from, to] = [graph.node(v), graph.node(w)]
    return { rank: from.rank, from: from.order ?? 0, to: to.order ?? 0 }
  })
  let count = 0
  for (const [i, a] of lines.entries()) {
    for (const b of lines.slice(i + 1)) {
      if (a.rank === b.rank && (a.from - b.from) * (a.to - b.to) < 0) count++
    }
  }
  return count
}
