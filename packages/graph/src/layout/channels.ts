import type { Stretch } from './place.ts'

/** Where the bends between two columns are: the room between them is as wide as these need. */
export interface Channels {
  /** How far something at `x` moves to the right, since there is more room between columns to its left. */
  shift(x: number): number
  /** By line: the middle of the bend behind each of its stretches but the last, after everything has moved. */
  readonly bends: readonly (readonly number[])[]
}

/** Between two columns, as they are placed, and how much more each further channel needs. */
export const ROOM = 34
const PITCH = 9
/** How near bends in one channel may come to each other. */
const NEAR = 12

interface Bend {
  readonly line: number
  readonly at: number
  readonly from: number
  readonly to: number
  channel: number
}

/**
 * Gives each bend a channel between its two columns, so that bends side by side do not lie upon each other: of those that
 * lead down the lower ones bend first, of those that lead up the upper ones, so that lines in order do not cross.
 */
export function channels(lines: readonly (readonly Stretch[])[]): Channels {
  const gaps = new Map<number, Bend[]>()
  for (const [line, stretches] of lines.entries()) {
    for (const [at, { right, y }] of stretches.slice(0, -1).entries()) {
      const bend = { line, at, from: y, to: stretches[at + 1].y, channel: 0 }
      gaps.set(right, [...(gaps.get(right) ?? []), bend])
    }
  }
  const extra = [...gaps].map(([edge, bends]) => ({ edge, width: PITCH * spread(bends) }))
  const shift = (x: number) => extra.reduce((sum, { edge, width }) => (edge < x ? sum + width : sum), 0)
  const middles = lines.map((stretches) => new Array<number>(stretches.length - 1))
  for (const [edge, bends] of gaps) {
    for (const { line, at, channel } of bends) {
      middles[line][at] = edge + shift(edge) + ROOM / 2 + PITCH * channel
    }
  }
  return { shift, bends: middles }
}

/** Distributes the bends between two columns; answers how many channels there are beyond the first. */
function spread(bends: readonly Bend[]): number {
  const steep = bends.filter(({ from, to }) => Math.abs(to - from) >= 0.01)
  const up = steep.filter(({ from, to }) => to < from).sort((a, b) => a.from - b.from)
  const down = steep.filter(({ from, to }) => to > from).sort((a, b) => b.from - a.from)
  const done: Bend[] = []
  for (const bend of [...up, ...down]) {
    bend.channel = done
      .filter((other) => meet(bend, other))
      .reduce((most, { channel }) => Math.max(most, channel + 1), 0)
    done.push(bend)
  }
  return done.reduce((most, { channel }) => Math.max(most, channel), 0)
}

const meet = (a: Bend, b: Bend): boolean =>
  Math.min(a.from, a.to) < Math.max(b.from, b.to) + NEAR &&
  Math.min(b.from, b.to) < Math.max(a.from, a.to) + NEAR
