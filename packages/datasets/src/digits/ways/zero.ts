import { arc } from '../arc.ts'
import type { Way } from './way.ts'

/** A ring, begun anywhere from the left over the top to the right; open by a gap, or written a little beyond its start. */
const ring: Way = (hand) => {
  const start = hand.between(-200, 20)
  const sweep = hand.about(372, 24)
  const oval = { x: 0.4, y: 0.5, rx: hand.between(0.22, 0.54), ry: 0.5 }
  return [arc(oval, start, start - sweep)]
}

/** The end of the stroke runs on into the ring, or across it. */
const tailed: Way = (hand) => {
  const [points] = ring(hand)
  return [[...points, [hand.about(0.4, 0.1), hand.about(0.3, 0.1)]]]
}

/** The end of the stroke is bound to its start by a small loop at the top. */
const bound: Way = (hand) => {
  const [points] = ring(hand)
  const [x, y] = points[points.length - 1]
  return [
    [
      ...points,
      [x - 0.08, y + hand.about(0.02, 0.03)],
      [x + 0.02, y - hand.between(0.04, 0.12)],
      [hand.between(0.5, 0.75), y + hand.about(-0.05, 0.05)],
    ],
  ]
}

export const zero: readonly [number, Way][] = [
  [0.86, ring],
  [0.08, tailed],
  [0.06, bound],
]
