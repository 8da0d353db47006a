import type { Rng } from '@gosa/linalg'
import { centre } from './centre.ts'
import { type Path, type Point, smooth } from './curve.ts'
import { distort } from './distort.ts'
import { draw } from './draw.ts'
import { fitted } from './fitted.ts'
import { HABITS } from './habits.ts'
import { type Hand, handOf } from './hand.ts'
import { wayOf } from './ways/index.ts'

/** Writes one digit in one of its ways, no two alike, into `image`: SIDE × SIDE numbers from 0 to 1. */
export function writeDigit(digit: number, rng: Rng, image: Float64Array): void {
  const hand = handOf(rng)
  const habits = HABITS[digit]
  const strokes = wayOf(digit, hand)(hand).map((stroke) => smooth(shaken(stroke, hand), 4))
  const radius = habits.pen * penRadius(hand)
  const traces = distort(strokes, hand, habits).map((points) => ({
    points,
    radii: pressed(points.length, radius, hand),
  }))
  draw(fitted(traces), hand.between(0.75, 1.2), image)
  centre(image)
}

/** Thin pens are as frequent as thick ones, which stray further. */
const penRadius = (hand: Hand): number => {
  const t = hand.about(0, 0.25)
  return 1.3 * (1 + t + (t * t) / 2)
}

/** Each point strays a little; the two that make a corner stay together. */
function shaken(stroke: Path, hand: Hand): Point[] {
  let moved: Point = [0, 0]
  return stroke.map((point, i) => {
    const before = stroke[i - 1]
    const same = before && before[0] === point[0] && before[1] === point[1]
    if (!same) moved = [point[0] + hand.about(0, 0.025), point[1] + hand.about(0, 0.025)]
    return moved
  })
}

/** The pen's radius at each point of a stroke: pressure grows or falls along it, and in its middle. */
function pressed(length: number, radius: number, hand: Hand): number[] {
  const [linear, middle] = [hand.about(0, 0.12), hand.about(0.04, 0.1)]
  return Array.from({ length }, (_, i) => {
    const t = (2 * i) / (length - 1) - 1
    return radius * (1 + linear * t + middle * (0.5 - t * t))
  })
}
