import type { Placed, Stretch } from './place.ts'

/** The way of an arrow: level stretches, with bends in between. */
export interface Route {
  readonly stretches: readonly Stretch[]
  /** How far from the middle of its node the arrow begins and ends; negative above. */
  readonly start: number
  readonly end: number
}

/** What has been placed for an arrow. */
export interface Line {
  readonly from: Placed
  readonly cell: Placed
  readonly to: Placed
  readonly before: readonly Stretch[]
  readonly behind: readonly Stretch[]
}

/** Between two arrows on one side of a node. */
const APART = 13

/** The ways of all arrows; those that meet at one side of a node are set apart, in the order in which they come. */
export function routes(lines: readonly Line[]): Route[] {
  const inner = lines.map(({ cell, before, behind }): Stretch[] => [
    ...before,
    { ...cell.column, y: cell.y },
    ...behind,
  ])
  const starts = offsets(lines.map(({ from }, i) => ({ node: from, y: inner[i][0].y })))
  const ends = offsets(lines.map(({ to }, i) => ({ node: to, y: inner[i][inner[i].length - 1].y })))
  return lines.map(({ from, to }, i) => ({
    start: starts[i],
    end: ends[i],
    stretches: [
      { left: from.x, right: from.column.right, y: from.y + starts[i] },
      ...inner[i],
      { left: to.column.left, right: to.x, y: to.y + ends[i] },
    ],
  }))
}

function offsets(touching: readonly { node: Placed; y: number }[]): number[] {
  const byNode = new Map<Placed, number[]>()
  for (const [i, { node }] of touching.entries()) byNode.set(node, [...(byNode.get(node) ?? []), i])
  const found = new Array<number>(touching.length).fill(0)
  for (const together of byNode.values()) {
    together.sort((a, b) => touching[a].y - touching[b].y || a - b)
    for (const [place, i] of together.entries()) found[i] = (place - (together.length - 1) / 2) * APART
  }
  return found
}
