import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

/** From the neck round the right to the bottom and up to the left. */
const bowl = (hand: Hand, neck: number): Point[] => {
  const half = (1 - neck) / 2
  const oval = { x: hand.about(0.3, 0.05), y: neck + half, rx: hand.between(0.2, 0.38), ry: half }
  return arc(oval, hand.between(-95, -35), hand.between(90, 175))
}

/** Where the hat ends, to the right. */
const brim = (hand: Hand): Point => [hand.between(0.5, 1.1), hand.about(0, 0.06)]

/** One stroke: hat from the right, corner, neck, bowl. */
const cornered: Way = (hand) => {
  const neck = hand.between(0.33, 0.54)
  const left = hand.about(0.18, 0.04)
  return [
    [
      brim(hand),
      ...corner(left + hand.about(0.03, 0.03), hand.about(0.05, 0.03)),
      ...corner(left, neck),
      ...bowl(hand, neck - 0.04),
    ],
  ]
}

/** Neck and bowl first, then the hat, which may not touch. */
const hatted: Way = (hand) => {
  const neck = hand.between(0.35, 0.54)
  const left = hand.about(0.18, 0.04)
  const top = hand.about(0.08, 0.04)
  return [
    [[left + hand.about(0.03, 0.03), top], ...corner(left, neck), ...bowl(hand, neck - 0.04)],
    [
      [left + hand.about(0.05, 0.05), top + hand.about(-0.02, 0.03)],
      [0.45, hand.about(0.03, 0.02)],
      brim(hand),
    ],
  ]
}

/** Without corners, like an S. */
const curved: Way = (hand) => {
  const neck = hand.between(0.4, 0.55)
  const left = hand.about(0.2, 0.04)
  return [
    [
      brim(hand),
      [hand.about(0.4, 0.04), hand.about(0.04, 0.03)],
      [left, neck * hand.about(0.45, 0.08)],
      [left + hand.about(0.05, 0.04), neck - 0.04],
      ...bowl(hand, neck - 0.05).slice(1),
    ],
  ]
}

export const five: readonly [number, Way][] = [
  [0.35, cornered],
  [0.4, hatted],
  [0.25, curved],
]
