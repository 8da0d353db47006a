import type { DType } from '@gosa/linalg'
import { checkFrom, checkWhole } from '../check.ts'
import { rngOf, type Seeded } from '../seeded.ts'
import { sinCos } from '../sin-cos.ts'
import { type LabelledPoint, type PointSet, pointSet } from './point-set.ts'

export interface PointOptions extends Seeded {
  /** 100 by default. */
  pointsPerClass?: number
  /** The standard deviation of what is added to each coordinate; 0.1 by default. */
  noise?: number
  /** `float32` by default. */
  dtype?: DType
}

/** Where point i of n in a class lies, before noise. */
type Place = (i: number, n: number, seeded: () => number) => readonly [x: number, y: number]

/** A set of so many points a class, each at its place and a little beside it. */
function placed(name: string, places: readonly Place[], options: PointOptions): PointSet {
  const { pointsPerClass = 100, noise = 0.1, dtype = 'float32', ...seeded } = options
  checkWhole(`${name}: pointsPerClass`, pointsPerClass, 1)
  checkFrom(`${name}: noise`, noise, 0)
  const rng = rngOf(seeded, name)
  const points: LabelledPoint[] = []
  places.forEach((place, label) => {
    for (let i = 0; i < pointsPerClass; i++) {
      const [x, y] = place(i, pointsPerClass, rng.uniform)
      points.push([x + noise * rng.normal(), y + noise * rng.normal(), label])
    }
  })
  return pointSet(points, dtype)
}

/**
 * Two half circles, each with its end inside the other: `(cos θ, sin θ)` and `(1 − cos θ, ½ − sin θ)`, θ from 0 to π.
 *
 * All of these give points (classes·n, 2), ordered by class, and throw a `RangeError` for sizes below 1 or noise below 0.
 * Source: scikit-learn's `make_moons` and `make_circles`.
 */
export const moons = (options: PointOptions = {}): PointSet =>
  placed('moons', [(i, n) => onCircle(i, n, 1), (i, n) => mirrored(onCircle(i, n, 1))], options)

/** A circle of radius 1 around one of radius `factor`, 0.5 by default. */
export const circles = ({ factor = 0.5, ...options }: PointOptions & { factor?: number } = {}): PointSet =>
  placed('circles', [(i, n) => onCircle(i, n, 2), (i, n) => scaled(onCircle(i, n, 2), factor)], options)

/** The four quadrants of a square from −1 to 1, opposite ones of one class: no straight line separates them. */
export const xor = (options: PointOptions = {}): PointSet =>
  placed('xor', [quadrants([1, 1]), quadrants([1, -1])], { noise: 0, ...options })

/** Point i of n, evenly over so many half turns. */
function onCircle(i: number, n: number, halfTurns: number): [number, number] {
  const steps = halfTurns === 2 ? n : Math.max(1, n - 1)
  const [sin, cos] = sinCos((i / steps) * halfTurns * Math.PI)
  return [cos, sin]
}

const mirrored = ([x, y]: readonly [number, number]): [number, number] => [1 - x, 0.5 - y]

const scaled = ([x, y]: readonly [number, number], factor: number): [number, number] => [
  factor * x,
  factor * y,
]

/** Anywhere in a quadrant, or the opposite one for every second point. */
const quadrants =
  ([right, up]: readonly [number, number]): Place =>
  (i, _n, uniform) => {
    const sign = i % 2 === 0 ? 1 : -1
    return [sign * right * uniform(), sign * up * uniform()]
  }
