import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

/** From the left over the top to the right and back to the waist. */
const upper = (hand: Hand, waist: number): Point[] => {
  const oval = { x: hand.about(0.32, 0.04), y: waist / 2, rx: hand.between(0.18, 0.32), ry: waist / 2 }
  return arc(oval, hand.between(170, 240), hand.between(410, 440))
}

/** From the waist round the lower right to the bottom and up to the left. */
const lower = (hand: Hand, waist: number): Point[] => {
  const half = (1 - waist) / 2
  const oval = { x: hand.about(0.3, 0.04), y: waist + half, rx: hand.between(0.22, 0.4), ry: half }
  return arc(oval, hand.between(-75, -50), hand.between(110, 185))
}

/** Both bows meet in a point that reaches more or less to the left. */
const pointed: Way = (hand) => {
  const waist = hand.about(0.46, 0.035)
  return [[...upper(hand, waist), ...corner(hand.between(0.1, 0.36), waist), ...lower(hand, waist)]]
}

/** The pen turns at the waist without stopping, or in a small loop. */
const fluent: Way = (hand) => {
  const waist = hand.about(0.46, 0.035)
  const [x, size] = [hand.between(0.18, 0.34), hand.between(-0.01, 0.05)]
  return [
    [
      ...upper(hand, waist),
      [x, waist + size],
      [x - 0.04, waist],
      [x + 0.02, waist - size],
      ...lower(hand, waist),
    ],
  ]
}

/** A flat top, then a diagonal to the waist. */
const flat: Way = (hand) => {
  const waist = hand.about(0.42, 0.04)
  return [
    [
      [hand.between(0, 0.15), hand.about(0.04, 0.03)],
      [0.3, hand.about(0.02, 0.02)],
      ...corner(hand.about(0.58, 0.05), hand.about(0.03, 0.03)),
      ...corner(hand.between(0.18, 0.36), waist),
      ...lower(hand, waist),
    ],
  ]
}

export const three: readonly [number, Way][] = [
  [0.46, pointed],
  [0.4, fluent],
  [0.14, flat],
]
