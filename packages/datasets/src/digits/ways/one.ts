import type { Point } from '../curve.ts'
import type { Hand } from '../hand.ts'
import { corner, type Way } from './way.ts'

/** The stem, slightly bent. */
const stem = (hand: Hand): Point[] => [
  [0.4, 0],
  [hand.about(0.4, 0.025), hand.about(0.5, 0.1)],
  [0.4, 1],
]

const foot = (hand: Hand): Point[] => [
  [hand.between(0.05, 0.25), hand.about(1, 0.02)],
  [0.4, hand.about(1, 0.02)],
  [hand.between(0.55, 0.8), hand.about(0.99, 0.02)],
]

const plain: Way = (hand) => [stem(hand)]

const flagged: Way = (hand) => [
  [[hand.between(0.12, 0.33), hand.between(0.1, 0.3)], ...corner(0.4, 0), ...stem(hand).slice(1)],
]

const footed: Way = (hand) => [...flagged(hand), foot(hand)]

export const one: readonly [number, Way][] = [
  [0.78, plain],
  [0.1, flagged],
  [0.12, footed],
]
