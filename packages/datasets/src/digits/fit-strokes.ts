import { type DType, type Tensor, tensor } from '@gosa/linalg'
import { centre } from './centre.ts'
import type { Point } from './curve.ts'
import { draw, SIDE } from './draw.ts'
import { fitted } from './fitted.ts'

/** The radius of the pen in pixels, and how wide its edge is: the middle of those with which the digits are written. */
const PEN = { radius: 1.3, edge: 1 }

/**
 * A digit written by strokes, points `[x, y]` in any unit with y downwards, in the form of MNIST's images: as `fitDigit` does
 * with an image, but with a pen that is equally thick however large the digit was written. Answers the image as a
 * vector (784), `float32` by default.
 *
 * Throws a `RangeError` where there is no point, or one that is no place.
 */
export function fitStrokes(
  strokes: readonly (readonly Point[])[],
  { dtype = 'float32' }: { dtype?: DType } = {},
): Tensor {
  const traces = strokes
    .filter((points) => points.length > 0)
    // A dot is a line from a point to itself.
    .map((points) => (points.length === 1 ? [points[0], points[0]] : points))
    .map((points) => ({ points, radii: points.map(() => PEN.radius) }))
  if (traces.length === 0) throw new RangeError('fitStrokes: there is no point in any stroke')
  const strange = strokes.flat().find((point) => !point.every(Number.isFinite))
  if (strange) throw new RangeError(`fitStrokes: points must be finite, not (${strange.join(', ')})`)
  const image = new Float64Array(SIDE * SIDE)
  draw(fitted(traces), PEN.edge, image)
  centre(image)
  return tensor(image, { dtype })
}
