import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import type { Way } from './way.ts'

/** Round the left and the bottom, which begins higher, up the right and over the top, inwards to the stem again. */
const loop = (hand: Hand): Point[] => {
  const [rx, ry, left] = [hand.between(0.18, 0.36), hand.between(0.13, 0.25), hand.between(0.2, 0.36)]
  const x = 0.08 + rx
  const lean = hand.between(-0.1, 0.35)
  return [
    ...arc({ x, y: 1 - left, rx, ry: left }, hand.between(165, 185), 105),
    ...arc({ x, y: 1 - ry, rx, ry, lean }, 70, hand.between(-120, -80)),
    [x - rx * hand.between(0.4, 1.1), 1 - ry * hand.between(0.6, 1.6)],
  ]
}

/** Down the left in a bow and round into the loop. */
const bowed: Way = (hand) => [
  [[hand.between(0.2, 0.75), 0], [hand.between(0.12, 0.34), hand.about(0.32, 0.05)], ...loop(hand)],
]

/** The stem is nearly straight. */
const straight: Way = (hand) => {
  const top = hand.between(0.15, 0.5)
  return [[[top, 0], [(top + 0.1) / 2, 0.4], ...loop(hand)]]
}

export const six: readonly [number, Way][] = [
  [0.85, bowed],
  [0.15, straight],
]
