/** Points in the plane that no straight line separates: spiral, moons, circles, XOR. Data sets to look at. */
import { type DType, type Rng, Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkInteger, checkNumber, type RandomOptions, rngFrom } from './arguments.ts'
import type { Samples } from './samples.ts'
import { sinCos } from './sin-cos.ts'

/** Options of `moons`, `circles` and `xor`. */
export interface PointOptions extends RandomOptions {
  /** 100 by default. */
  pointsPerClass?: number
  /** The standard deviation of the noise added to each coordinate; 0.1 by default. */
  noise?: number
  /** `float32` by default. */
  dtype?: DType
}

/** Options of `spiral`. */
export interface SpiralOptions extends RandomOptions {
  /** 100 by default. */
  pointsPerClass?: number
  /** The number of arms, 3 by default, at most 256. */
  classes?: number
  /** The standard deviation of the angle in radians; 0.2 by default. */
  noise?: number
  /** `float32` by default. */
  dtype?: DType
}

/**
 * Returns the arms of a spiral, one per class. Point i of n in arm j lies at
 *
 *     r = i/n    θ = 4j + 4r + noise·N(0, 1)    (r·sin θ, r·cos θ)
 *
 * x (classes·n, 2), t (classes·n), ordered by class. Throws a `RangeError` for sizes below 1 or noise below 0.
 *
 * Source: Deep Learning from Scratch 2, section 1.5 (`dataset/spiral.py`), after Stanford's CS231n.
 */
export function spiral(options?: SpiralOptions): Samples<Uint8Array> {
  const {
    pointsPerClass = 100,
    classes = 3,
    noise = 0.2,
    dtype = 'float32',
    ...random
  } = checkOptions('spiral', options, [...POINT_OPTIONS, 'classes'])
  checkInteger('spiral: pointsPerClass', pointsPerClass, 1)
  if (checkInteger('spiral: classes', classes, 1) > 256) {
    throw new RangeError(`spiral: classes must be at most 256, not ${classes}`)
  }
  checkNumber('spiral: noise', noise, 0)
  const rng = rngFrom('spiral', random)
  const points: LabelledPoint[] = []
  for (let j = 0; j < classes; j++) {
    for (let i = 0; i < pointsPerClass; i++) {
      const r = i / pointsPerClass
      const [sin, cos] = sinCos(4 * j + 4 * r + noise * rng.normal())
      points.push([r * sin, r * cos, j])
    }
  }
  return toSamples(points, dtype)
}

/**
 * Returns two half circles, each with one end inside the other: `(cos θ, sin θ)` and `(1 − cos θ, ½ − sin θ)`, θ from
 * 0 to π.
 *
 * As `circles` and `xor`: x (2·n, 2), t (2·n), ordered by class; throws a `RangeError` for sizes below 1 or noise below 0.
 *
 * Source: scikit-learn's `make_moons` and `make_circles`.
 */
export const moons = (options?: PointOptions): Samples<Uint8Array> =>
  noisyPoints('moons', [(i, n) => onCircle(i, n, 1), (i, n) => turnedInto(onCircle(i, n, 1))], options)

/** Returns a circle of radius 1 around one of radius `factor`, 0.5 by default. */
export function circles(options?: PointOptions & { factor?: number }): Samples<Uint8Array> {
  const { factor = 0.5, ...rest } = checkOptions('circles', options, [...POINT_OPTIONS, 'factor'])
  checkNumber('circles: factor', factor, 0)
  return noisyPoints(
    'circles',
    [(i, n) => onCircle(i, n, 2), (i, n) => scaled(onCircle(i, n, 2), factor)],
    rest,
  )
}

/** Returns the four quadrants of a square from −1 to 1, opposite ones in one class; without noise by default. */
export const xor = (options?: PointOptions): Samples<Uint8Array> =>
  noisyPoints('xor', [oppositeQuadrants([1, 1]), oppositeQuadrants([1, -1])], {
    noise: 0,
    ...checkOptions('xor', options, POINT_OPTIONS),
  })

const POINT_OPTIONS = ['pointsPerClass', 'noise', 'dtype', 'seed', 'rng'] as const

type Position = readonly [x: number, y: number]
type LabelledPoint = readonly [x: number, y: number, label: number]

/** The position of point i of n in a class, before noise is added. */
type PositionOf = (i: number, n: number, uniform: Rng['uniform']) => Position

function noisyPoints(
  name: string,
  classes: readonly PositionOf[],
  options?: PointOptions,
): Samples<Uint8Array> {
  const {
    pointsPerClass = 100,
    noise = 0.1,
    dtype = 'float32',
    ...random
  } = checkOptions(name, options, POINT_OPTIONS)
  checkInteger(`${name}: pointsPerClass`, pointsPerClass, 1)
  checkNumber(`${name}: noise`, noise, 0)
  const rng = rngFrom(name, random)
  const points: LabelledPoint[] = []
  classes.forEach((positionOf, label) => {
    for (let i = 0; i < pointsPerClass; i++) {
      const [x, y] = positionOf(i, pointsPerClass, rng.uniform)
      points.push([x + noise * rng.normal(), y + noise * rng.normal(), label])
    }
  })
  return toSamples(points, dtype)
}

/** Point i of n, evenly spaced over one half turn or two of the unit circle. */
function onCircle(i: number, n: number, halfTurns: 1 | 2): Position {
  const steps = halfTurns === 2 ? n : Math.max(1, n - 1)
  const [sin, cos] = sinCos((i / steps) * halfTurns * Math.PI)
  return [cos, sin]
}

/** The second moon from the first. */
const turnedInto = ([x, y]: Position): Position => [1 - x, 0.5 - y]

const scaled = ([x, y]: Position, factor: number): Position => [factor * x, factor * y]

/** Anywhere in the quadrant of the given signs; for every second point, in the opposite one. */
const oppositeQuadrants =
  ([right, up]: Position): PositionOf =>
  (i, _n, uniform) => {
    const sign = i % 2 === 0 ? 1 : -1
    return [sign * right * uniform(), sign * up * uniform()]
  }

function toSamples(points: readonly LabelledPoint[], dtype: DType): Samples<Uint8Array> {
  const data = dtype === 'float32' ? new Float32Array(2 * points.length) : new Float64Array(2 * points.length)
  points.forEach(([x, y], i) => {
    data.set([x, y], 2 * i)
  })
  return {
    x: new Tensor(data, [points.length, 2]),
    t: Uint8Array.from(points, ([, , label]) => label),
  }
}
