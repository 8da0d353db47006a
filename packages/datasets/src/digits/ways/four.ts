import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

const stem = (hand: Hand, top: number): Point[] => {
  const x = hand.about(0.56, 0.05)
  return [
    [x, top],
    [x + hand.about(0, 0.02), hand.about(0.5, 0.05)],
    [x + hand.about(-0.01, 0.035), 1],
  ]
}

/** Open at the top: an L, more or less round, and the stem across. */
const open: Way = (hand) => {
  const bar = hand.between(0.42, 0.68)
  const left = hand.about(0.08, 0.04)
  const turn: Point[] = hand.chance(0.55)
    ? corner(left, bar)
    : [
        [left, bar - 0.06],
        [left + 0.06, bar],
      ]
  const top = hand.about(0.04, 0.05)
  return [
    [
      [left + hand.about(0.06, 0.05), top],
      [left + hand.about(0.03, 0.02), (bar + top) / 2],
      ...turn,
      [0.4, bar + hand.about(0, 0.02)],
      [hand.between(0.56, 0.9), bar + hand.about(-0.02, 0.04)],
    ],
    stem(hand, hand.between(-0.1, 0.2)),
  ]
}

/** A triangle on a stem. */
const closed: Way = (hand) => {
  const bar = hand.between(0.5, 0.72)
  const top = hand.about(0.02, 0.02)
  return [
    [
      [hand.about(0.54, 0.04), top],
      ...corner(hand.about(0.03, 0.03), bar),
      [0.4, bar + hand.about(0, 0.02)],
      [hand.between(0.6, 0.95), bar + hand.about(-0.01, 0.03)],
    ],
    stem(hand, top),
  ]
}

/** Without lifting the pen: down, across, up to the top of the stem, down again. */
const unlifted: Way = (hand) => {
  const bar = hand.between(0.42, 0.64)
  const [left, right] = [hand.about(0.08, 0.04), hand.about(0.54, 0.05)]
  return [
    [
      [left + hand.about(0.06, 0.05), hand.about(0.06, 0.05)],
      [left, bar - 0.15],
      [left + hand.about(0.1, 0.04), bar],
      [right - 0.12, bar - hand.about(0.06, 0.03)],
      ...corner(right + hand.about(0.06, 0.03), hand.about(0.08, 0.08)),
      ...stem(hand, 0).slice(1),
    ],
  ]
}

export const four: readonly [number, Way][] = [
  [0.84, open],
  [0.1, closed],
  [0.06, unlifted],
]
