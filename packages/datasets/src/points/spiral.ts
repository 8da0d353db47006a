import type { DType } from '@gosa/linalg'
import { checkFrom, checkWhole } from '../check.ts'
import { rngOf, type Seeded } from '../seeded.ts'
import { sinCos } from '../sin-cos.ts'
import { type LabelledPoint, type PointSet, pointSet } from './point-set.ts'

export interface SpiralOptions extends Seeded {
  /** 100 by default. */
  pointsPerClass?: number
  /** The number of arms, 3 by default, at most 256. */
  classes?: number
  /** The standard deviation of the angle, in radians; 0.2 by default. */
  noise?: number
  /** `float32` by default. */
  dtype?: DType
}

/**
 * Arms of a spiral, one a class, which no straight line separates. Point i of n in arm j lies at
 *
 *     r = i/n    θ = 4j + 4r + noise·N(0, 1)    (r·sin θ, r·cos θ)
 *
 * Points (classes·n, 2), ordered by class; labels alike. Throws a `RangeError` for sizes below 1 or noise below 0.
 *
 * Source: Deep Learning from Scratch 2, section 1.5 (`dataset/spiral.py`), after Stanford's CS231n.
 */
export function spiral({
  pointsPerClass = 100,
  classes = 3,
  noise = 0.2,
  dtype = 'float32',
  ...seeded
}: SpiralOptions = {}): PointSet {
  checkWhole('spiral: pointsPerClass', pointsPerClass, 1)
  if (checkWhole('spiral: classes', classes, 1) > 256) {
    throw new RangeError(`spiral: classes must be at most 256, not ${classes}`)
  }
  checkFrom('spiral: noise', noise, 0)
  const rng = rngOf(seeded, 'spiral')
  const points: LabelledPoint[] = []
  for (let j = 0; j < classes; j++) {
    for (let i = 0; i < pointsPerClass; i++) {
      const r = i / pointsPerClass
      const [sin, cos] = sinCos(4 * j + 4 * r + noise * rng.normal())
      points.push([r * sin, r * cos, j])
    }
  }
  return pointSet(points, dtype)
}
