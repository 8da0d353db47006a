import { centre } from './centre.ts'
import type { Point } from './curve.ts'
import { draw, SIDE } from './draw.ts'
import { fitted } from './fitted.ts'

/** The radius of the pen in pixels, and how wide its edge is: the middle of those with which the digits are written. */
const PEN = { radius: 1.3, edge: 1 }

/**
 * A digit written by strokes, points `[x, y]` in any unit with y downwards, as MNIST would have it: as `toMnistImage` does with
 * an image, but with a pen that is equally thick however large the digit was written. Answers 784 bytes, row by row; all
 * 0 where there is no point.
 */
export function strokesToMnistImage(strokes: readonly (readonly Point[])[]): Uint8Array {
  const traces = strokes
    .filter((points) => points.length > 0)
    // A dot is a line from a point to itself.
    .map((points) => (points.length === 1 ? [points[0], points[0]] : points))
    .map((points) => ({ points, radii: points.map(() => PEN.radius) }))
  if (traces.length === 0) return new Uint8Array(SIDE * SIDE)
  const image = new Float64Array(SIDE * SIDE)
  draw(fitted(traces), PEN.edge, image)
  centre(image)
  return Uint8Array.from(image, (grey) => Math.round(255 * grey))
}
