/** The routes of edges between placed boxes: horizontal stretches with bends between columns, where none lies on another. */
import type { PlacedBox } from './columns.ts'
import { COLUMN_GAP, EDGE_PITCH, type Stretch } from './geometry.ts'

/** The route of an edge. */
export interface Route {
  readonly stretches: readonly Stretch[]
  /** The distance from the middle of its node at which the edge starts and ends; negative above. */
  readonly start: number
  readonly end: number
}

/** The placed boxes of an edge: its nodes and its labels, with the stretches before and after the labels. */
export interface PlacedEdge {
  readonly from: PlacedBox
  readonly labels: PlacedBox
  readonly to: PlacedBox
  readonly before: readonly Stretch[]
  readonly after: readonly Stretch[]
}

/** The routes of all edges. Edges at the same side of a node are set apart, in the order in which they arrive. */
export function routesOf(edges: readonly PlacedEdge[]): Route[] {
  const inner = edges.map(({ labels, before, after }): Stretch[] => [
    ...before,
    { ...labels.column, y: labels.y },
    ...after,
  ])
  const starts = offsets(edges.map(({ from }, i) => ({ node: from, y: inner[i][0].y })))
  const ends = offsets(edges.map(({ to }, i) => ({ node: to, y: inner[i][inner[i].length - 1].y })))
  return edges.map(({ from, to }, i) => ({
    start: starts[i],
    end: ends[i],
    stretches: [
      { left: from.x, right: from.column.right, y: from.y + starts[i] },
      ...inner[i],
      { left: to.column.left, right: to.x, y: to.y + ends[i] },
    ],
  }))
}

/** The distance of each edge from the middle of its node. */
function offsets(ends: readonly { node: PlacedBox; y: number }[]): number[] {
  const byNode = new Map<PlacedBox, number[]>()
  for (const [i, { node }] of ends.entries()) byNode.set(node, [...(byNode.get(node) ?? []), i])
  const found = new Array<number>(ends.length).fill(0)
  for (const indices of byNode.values()) {
    indices.sort((a, b) => ends[a].y - ends[b].y || a - b)
    for (const [position, i] of indices.entries())
      found[i] = (position - (indices.length - 1) / 2) * EDGE_PITCH
  }
  return found
}

/** The bends between columns. Gaps with several bends side by side get wider. */
export interface Bends {
  /** How far something at `x` moves to the right, because gaps to its left get wider. */
  shift(x: number): number
  /** By route: the middle of the bend after each stretch but the last, after everything has moved. */
  readonly middles: readonly (readonly number[])[]
}

/** The width of a further channel in a gap between columns, in pixels. */
const CHANNEL_PITCH = 9
/** Bends in one channel have at least this distance, in pixels. */
const BEND_DISTANCE = 12
/** Steps of less than this, in pixels, need no bend. */
const MIN_STEP = 0.01

interface Bend {
  readonly route: number
  readonly position: number
  readonly from: number
  readonly to: number
  channel: number
}

/**
 * Gives each bend a channel in the gap between its columns, so that bends side by side do not lie on each other: of those that
 * lead down the lower ones bend first, of those that lead up the upper ones, so that edges that keep their order do not cross.
 */
export function bendsOf(routes: readonly (readonly Stretch[])[]): Bends {
  const gaps = new Map<number, Bend[]>()
  for (const [route, stretches] of routes.entries()) {
    for (const [position, { right, y }] of stretches.slice(0, -1).entries()) {
      const bend = { route, position, from: y, to: stretches[position + 1].y, channel: 0 }
      gaps.set(right, [...(gaps.get(right) ?? []), bend])
    }
  }
  const extra = [...gaps].map(([edge, bends]) => ({ edge, width: CHANNEL_PITCH * assignChannels(bends) }))
  const shift = (x: number) => extra.reduce((sum, { edge, width }) => (edge < x ? sum + width : sum), 0)
  const middles = routes.map((stretches) => new Array<number>(stretches.length - 1))
  for (const [edge, bends] of gaps) {
    for (const { route, position, channel } of bends) {
      middles[route][position] = edge + shift(edge) + COLUMN_GAP / 2 + CHANNEL_PITCH * channel
    }
  }
  return { shift, middles }
}

/** Gives the bends of one gap their channels. Returns the highest channel, 0 if one is enough. */
function assignChannels(bends: readonly Bend[]): number {
  const steps = bends.filter(({ from, to }) => Math.abs(to - from) >= MIN_STEP)
  const up = steps.filter(({ from, to }) => to < from).sort((a, b) => a.from - b.from)
  const down = steps.filter(({ from, to }) => to > from).sort((a, b) => b.from - a.from)
  const assigned: Bend[] = []
  for (const bend of [...up, ...down]) {
    bend.channel = assigned
      .filter((other) => areClose(bend, other))
      .reduce((highest, { channel }) => Math.max(highest, channel + 1), 0)
    assigned.push(bend)
  }
  return assigned.reduce((highest, { channel }) => Math.max(highest, channel), 0)
}

const areClose = (a: Bend, b: Bend): boolean =>
  Math.min(a.from, a.to) < Math.max(b.from, b.to) + BEND_DISTANCE &&
  Math.min(b.from, b.to) < Math.max(a.from, a.to) + BEND_DISTANCE
