import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Way } from './way.ts'

/**
 * An S from the top right, then straight up through the waist to where it began, or not quite. Its bows are as high as
 * the halves, or lower, with diagonals between them.
 */
const snake: Way = (hand) => {
  const tall = [hand.between(0.13, 0.26), hand.between(0.13, 0.26)]
  const top = { x: 0.41, y: tall[0], rx: hand.between(0.13, 0.28), ry: tall[0], lean: hand.between(0, 0.6) }
  const bottom = {
    x: hand.about(0.32, 0.04),
    y: 1 - tall[1],
    rx: hand.between(0.09, 0.23),
    ry: tall[1],
    lean: hand.between(0, 0.7),
  }
  const start = hand.between(-80, 5)
  const end: Point[] = [
    [top.x + top.rx * hand.about(1, 0.2), top.y + top.ry * hand.about(0.4, 0.3)],
    [top.x + top.rx * hand.about(1, 0.3), top.y - top.ry * hand.between(0, 1)],
  ]
  return [
    [
      ...arc(top, start, hand.between(-215, -180)),
      ...arc(bottom, hand.between(-30, 10), hand.between(175, 210)),
      ...end,
    ],
  ]
}

/** A ring on a ring. */
const rings: Way = (hand) => {
  const waist = hand.about(0.47, 0.04)
  const top = { x: hand.about(0.36, 0.03), y: waist / 2, rx: hand.between(0.14, 0.26), ry: waist / 2 }
  const bottom = { x: 0.36, y: (1 + waist) / 2, rx: hand.between(0.18, 0.32), ry: (1 - waist) / 2 }
  const [start, begin] = [hand.between(30, 120), hand.between(-120, -60)]
  return [arc(top, start, start + hand.about(365, 12)), arc(bottom, begin, begin + hand.about(365, 12))]
}

export const eight: readonly [number, Way][] = [
  [0.82, snake],
  [0.18, rings],
]
