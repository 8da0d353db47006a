import { Graph as Dagre, layout } from '@dagrejs/dagre'
import { ROOM } from './channels.ts'
import { readersOrder } from './order.ts'

/** Something with a size, that is to be given a place. */
export interface Sized {
  readonly id: string
  readonly width: number
  readonly height: number
}

/** A rectangle, by its centre, with the extent of the column in which it stands. */
export interface Placed extends Sized {
  readonly x: number
  readonly y: number
  readonly column: { readonly left: number; readonly right: number }
}

/** Where a line may bend: it runs level from `left` to `right`, and bends only in between such stretches. */
export interface Stretch {
  readonly left: number
  readonly right: number
  readonly y: number
}

export interface Placement {
  readonly width: number
  readonly height: number
  readonly boxes: ReadonlyMap<string, Placed>
  /** By the position of the line: the stretches between its ends. */
  readonly stretches: readonly (readonly Stretch[])[]
}

/**
 * Gives boxes their places in columns, from left to right along the lines, so that no box overlaps another and no line that
 * runs level within columns crosses a box. Two boxes of one line are never in the same column.
 *
 * The work is done by dagre: ranks by network simplex, order by barycentres where that helps, places after Brandes and Köpf (2001).
 */
export function place(
  boxes: readonly Sized[],
  lines: readonly { readonly from: string; readonly to: string }[],
): Placement {
  const graph = new Dagre({ multigraph: true })
  graph.setGraph({ rankdir: 'LR', nodesep: 14, edgesep: 14, ranksep: ROOM, marginx: 12, marginy: 12 })
  // Ids of our own making, since any name may be given, `__proto__` included.
  const idOf = new Map(boxes.map(({ id }, i) => [id, `n${i}`]))
  const own = (id: string) => idOf.get(id) as string
  for (const { id, width, height } of boxes) graph.setNode(own(id), { width, height })
  for (const [i, { from, to }] of lines.entries()) graph.setEdge(own(from), own(to), {}, `e${i}`)
  layout(graph, { customOrder: readersOrder })

  const places = boxes.map((box) => ({ ...box, ...centre(graph.node(own(box.id))) }))
  const columns = columnsOf(places)
  const { width, height } = graph.graph() as { width: number; height: number }
  return {
    width,
    height,
    boxes: new Map(
      places.map((box) => [box.id, { ...box, column: columns.get(Math.round(box.x)) as Column }]),
    ),
    stretches: lines.map(({ from, to }, i) => {
      const { points } = graph.edge(own(from), own(to), `e${i}`) as { points: { x: number; y: number }[] }
      // The first and last point lie on the boxes at the line's ends; those between columns are free to bend.
      return points.slice(1, -1).flatMap(({ x, y }) => {
        const column = columns.get(Math.round(x))
        return column ? [{ ...column, y }] : []
      })
    }),
  }
}

type Column = Placed['column']

const centre = ({ x, y }: { x: number; y: number }) => ({ x, y })

/** How far the boxes reach that stand around one x. */
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
