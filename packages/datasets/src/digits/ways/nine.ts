import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

/** From the upper right over the top, round the left and the bottom back to the right; more or less closed. */
const loop = (hand: Hand): Point[] => {
  const height = hand.between(0.15, 0.34)
  const oval = { x: 0.3, y: height, rx: hand.between(0.16, 0.32), ry: height, lean: hand.between(0, 0.5) }
  const start = hand.between(-75, 5)
  return arc(oval, start, hand.between(-375, -310))
}

/** The loop, a turn up to the right, then the stem down. */
const stemmed: Way = (hand) => {
  const points = loop(hand)
  const right = points[0][0] + hand.between(0, 0.08)
  const foot = hand.between(0.25, 0.65)
  return [
    [
      ...points,
      ...corner(Math.max(right, 0.5), hand.about(0.12, 0.06)),
      [(Math.max(right, 0.5) + foot) / 2 + hand.about(0.03, 0.03), hand.about(0.55, 0.05)],
      [foot, 1],
    ],
  ]
}

/** The stem bends to the left at its foot. */
const hooked: Way = (hand) => {
  const right = hand.about(0.56, 0.04)
  return [
    [
      ...loop(hand),
      ...corner(right, hand.about(0.14, 0.06)),
      [right + hand.about(0, 0.03), hand.about(0.6, 0.05)],
      [hand.about(0.4, 0.06), hand.about(0.96, 0.03)],
      [hand.between(0.05, 0.28), hand.about(0.93, 0.06)],
    ],
  ]
}

/** The loop runs on into the stem without a corner, as the pen was not turned. */
const swung: Way = (hand) => {
  const height = hand.between(0.16, 0.33)
  const oval = { x: 0.32, y: height, rx: hand.between(0.18, 0.3), ry: height, lean: hand.between(0, 0.5) }
  const foot = hand.between(0.2, 0.55)
  return [
    [...arc(oval, hand.between(0, 60), 360 + hand.between(-10, 15)), [(0.56 + foot) / 2, 0.6], [foot, 1]],
  ]
}

export const nine: readonly [number, Way][] = [
  [0.58, stemmed],
  [0.16, hooked],
  [0.26, swung],
]
