import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

/** Top and stem; with a tick at the left end of the top, or without. */
const body = (hand: Hand): Point[] => {
  const top = hand.about(0.07, 0.04)
  const right = hand.about(0.6, 0.05)
  const start: Point[] = hand.chance(0.3)
    ? [[hand.about(0.03, 0.03), top + hand.between(0.08, 0.34)], ...corner(hand.about(0.06, 0.03), top)]
    : [[hand.about(0.05, 0.05), top + hand.about(0.04, 0.045)]]
  const turn: Point[] = hand.chance(0.7)
    ? corner(right, hand.about(0.05, 0.03))
    : [
        [right - 0.06, hand.about(0.05, 0.02)],
        [right, hand.about(0.14, 0.03)],
      ]
  const foot = hand.between(0.15, 0.5)
  return [
    ...start,
    [0.32, top + hand.about(-0.015, 0.03)],
    ...turn,
    [(right + foot) / 2 + hand.about(-0.02, 0.04), hand.about(0.5, 0.05)],
    [foot, 1],
  ]
}

const plain: Way = (hand) => [body(hand)]

const barred: Way = (hand) => {
  const y = hand.about(0.5, 0.05)
  return [
    body(hand),
    [
      [hand.between(0.08, 0.28), y + hand.about(0.02, 0.03)],
      [hand.between(0.5, 0.75), y + hand.about(-0.02, 0.03)],
    ],
  ]
}

export const seven: readonly [number, Way][] = [
  [0.84, plain],
  [0.16, barred],
]
