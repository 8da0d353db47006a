import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import type { Way } from './way.ts'

/** Round the left and the bottom, where the curve is widest, up the right and over the top, inwards to the stem again. */
const loop = (hand: Hand): Point[] => {
  const [rx, ry] = [hand.between(0.16, 0.32), hand.between(0.15, 0.29)]
  const x = hand.between(0.34, 0.46)
  const left = hand.between(0.26, 0.46)
  return [
    ...arc({ x, y: 1 - left, rx: x - 0.1, ry: left }, hand.between(165, 185), 105),
    ...arc({ x, y: 1 - ry, rx, ry, lean: hand.between(0, 0.7) }, 70, hand.between(-110, -60)),
    [hand.between(0.1, 0.3), 1 - ry * hand.between(0.4, 1.4)],
  ]
}

/** Down the left in a bow and round into the loop. */
const bowed: Way = (hand) => [
  [[hand.between(0.25, 0.75), 0], [hand.between(0.14, 0.36), hand.about(0.3, 0.05)], ...loop(hand)],
]

/** The stem is nearly straight. */
const straight: Way = (hand) => {
  const top = hand.between(0.2, 0.6)
  return [[[top, 0], [(top + 0.1) / 2, 0.35], ...loop(hand)]]
}

export const six: readonly [number, Way][] = [
  [0.85, bowed],
  [0.15, straight],
]
