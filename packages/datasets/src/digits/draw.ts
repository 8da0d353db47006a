import type { Point } from './curve.ts'

/** The side of an image in pixels, as MNIST's. */
export const SIDE = 28

/** The side of the box in its middle that a digit fills, as MNIST's. */
export const BOX = 20

const FIRST = (SIDE - BOX) / 2
const LAST = FIRST + BOX - 1

/** A path in pixels, and at each of its points the radius of a round pen. */
export interface Trace {
  readonly points: readonly Point[]
  readonly radii: readonly number[]
}

/**
 * Draws traces into `image`, SIDE × SIDE numbers from 0 to 1. A pixel is as dark as the pen covers it, taken as a
 * straight ramp across the pen's edge, `edge` pixels wide: 1 is a sharp edge, more is blurred. Nothing is drawn outside of the box.
 */
export function draw(traces: readonly Trace[], edge: number, image: Float64Array): void {
  image.fill(0)
  for (const { points, radii } of traces) {
    for (let i = 0; i + 1 < points.length; i++) {
      drawSegment(points[i], points[i + 1], radii[i], radii[i + 1] - radii[i], edge, image)
    }
  }
}

/** From a to b, where the radius grows by `growth`. */
function drawSegment(
  [ax, ay]: Point,
  [bx, by]: Point,
  radius: number,
  growth: number,
  edge: number,
  image: Float64Array,
): void {
  const reach = Math.max(radius, radius + growth) + edge / 2
  const [dx, dy] = [bx - ax, by - ay]
  const squared = dx * dx + dy * dy
  const top = Math.max(FIRST, Math.ceil(Math.min(ay, by) - reach - 0.5))
  const bottom = Math.min(LAST, Math.floor(Math.max(ay, by) + reach - 0.5))
  const left = Math.max(FIRST, Math.ceil(Math.min(ax, bx) - reach - 0.5))
  const right = Math.min(LAST, Math.floor(Math.max(ax, bx) + reach - 0.5))
  for (let row = top; row <= bottom; row++) {
    const y = row + 0.5 - ay
    for (let column = left; column <= right; column++) {
      const x = column + 0.5 - ax
      const along = squared === 0 ? 0 : Math.min(1, Math.max(0, (x * dx + y * dy) / squared))
      const [ex, ey] = [x - along * dx, y - along * dy]
      const inside = radius + along * growth - Math.sqrt(ex * ex + ey * ey)
      const darkness = Math.min(1, 0.5 + inside / edge)
      const at = row * SIDE + column
      if (darkness > image[at]) image[at] = darkness
    }
  }
}
