import { arc } from '../arc.ts'
import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

/** From the left over the top and round to the right, down to where the diagonal leaves. */
const hook = (hand: Hand): Point[] => {
  const height = hand.between(0.14, 0.28)
  const oval = { x: 0.38, y: height, rx: hand.between(0.16, 0.34), ry: height }
  return [
    ...arc(oval, hand.between(150, 230), hand.between(375, 415)),
    [hand.about(0.44, 0.05), hand.about(0.62, 0.04)],
  ]
}

/** The base line, from the left to its end. */
const base = (hand: Hand, y: number): Point[] => [
  [hand.about(0.42, 0.05), y + hand.about(-0.04, 0.03)],
  [hand.between(0.62, 1.1), y + hand.about(-0.02, 0.06)],
]

const sharp: Way = (hand) => {
  const bottom = hand.about(0.95, 0.03)
  return [[...hook(hand), ...corner(hand.about(0.08, 0.05), bottom), ...base(hand, bottom)]]
}

/** The stroke turns in a loop at the left end of the base. */
const looped: Way = (hand) => {
  const size = hand.between(0.08, 0.22)
  const oval = { x: hand.about(0.16, 0.04), y: 0.97 - size, rx: size * hand.between(1, 1.9), ry: size }
  return [[...hook(hand), ...arc(oval, 50, hand.between(270, 330)), ...base(hand, hand.about(0.97, 0.04))]]
}

/** The turn at the left end is round, without a loop. */
const round: Way = (hand) => {
  const bottom = hand.about(0.95, 0.03)
  return [
    [
      ...hook(hand),
      [hand.about(0.15, 0.05), bottom - 0.12],
      [hand.about(0.12, 0.05), bottom],
      ...base(hand, bottom),
    ],
  ]
}

/** Like a z: a flat top and sharp corners. */
const zigzag: Way = (hand) => {
  const [top, bottom] = [hand.about(0.06, 0.03), hand.about(0.95, 0.03)]
  return [
    [
      [hand.between(0.02, 0.2), hand.about(0.1, 0.04)],
      [0.4, top - 0.03],
      [hand.about(0.62, 0.05), top],
      [hand.about(0.62, 0.05), hand.about(0.2, 0.05)],
      ...corner(hand.about(0.08, 0.05), bottom),
      ...base(hand, bottom),
    ],
  ]
}

export const two: readonly [number, Way][] = [
  [0.3, sharp],
  [0.45, looped],
  [0.1, round],
  [0.15, zigzag],
]
