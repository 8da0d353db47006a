import type { Placed, Stretch } from './place.ts'

/** The way of an arrow: level stretches, with bends in between. */
export interface Route {
  readonly stretches: readonly Stretch[]
  /** How far from the middle of its node the arrow begins and ends. */
  readonly start: Port
  readonly end: Port
}

/** Where an arrow touches a node. */
export interface Port {
  readonly node: Placed
  /** Below the node's middle; negative above. */
  readonly offset: number
  /** How much nearer to the node than halfway the last bend is: the further the way up or down, the nearer. */
  readonly nearer: number
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
const STAGGER = 7

/** The ways of all arrows; those that meet at one side of a node are set apart, in the order in which they come. */
export function routes(lines: readonly Line[]): Route[] {
  const inner = lines.map(({ cell, before, behind }): Stretch[] => [
    ...before,
    { ...cell.column, y: cell.y },
    ...behind,
  ])
  const starts = ports(lines.map(({ from }, i) => ({ node: from, y: inner[i][0].y })))
  const ends = ports(lines.map(({ to }, i) => ({ node: to, y: inner[i][inner[i].length - 1].y })))
  return lines.map(({ from, to }, i) => ({
    start: starts[i],
    end: ends[i],
    stretches: [
      { left: from.x, right: from.column.right, y: from.y + starts[i].offset },
      ...inner[i],
      { left: to.column.left, right: to.x, y: to.y + ends[i].offset },
    ],
  }))
}

function ports(touching: readonly { node: Placed; y: number }[]): Port[] {
  const byNode = new Map<Placed, number[]>()
  for (const [i, { node }] of touching.entries()) byNode.set(node, [...(byNode.get(node) ?? []), i])
  const found = new Array<Port>(touching.length)
  for (const [node, together] of byNode) {
    together.sort((a, b) => touching[a].y - touching[b].y || a - b)
    for (const [place, i] of together.entries()) {
      const offset = (place - (together.length - 1) / 2) * APART
      found[i] = { node, offset, nearer: 0 }
    }
    // From the node's own height outwards, above and below: a line that comes from further away bends later.
    for (const side of [together.filter(isAbove).reverse(), together.filter((i) => !isAbove(i))]) {
      for (const [place, i] of side.entries()) {
        found[i] = { ...found[i], nearer: (place - (side.length - 1) / 2) * STAGGER }
      }
    }
  }
  return found

  function isAbove(i: number): boolean {
    return touching[i].y < found[i].node.y + found[i].offset
  }
}
