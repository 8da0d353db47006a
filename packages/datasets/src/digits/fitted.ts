import type { Point } from './curve.ts'
import { BOX, SIDE, type Trace } from './draw.ts'

/**
 * Traces in any size, their pens' radii in pixels, scaled so that what the pens draw just fits the box, and moved to its
 * middle.
 */
export function fitted(traces: readonly Trace[]): Trace[] {
  const bare = extent(traces, 1, 0)
  const size = Math.max(bare.right - bare.left, bare.bottom - bare.top)
  // A single dot has no size to be scaled.
  let scale = size === 0 ? 1 : BOX / size
  // What the pen adds is known only where it is known which points are the outermost, so by approximation.
  for (let round = 0; round < (size === 0 ? 0 : 2); round++) {
    const { left, right, top, bottom } = extent(traces, scale, 1)
    scale -= (Math.max(right - left, bottom - top) - BOX) / size
  }
  const { left, right, top, bottom } = extent(traces, scale, 1)
  const [x0, y0] = [(SIDE - left - right) / 2, (SIDE - top - bottom) / 2]
  return traces.map(({ points, radii }) => ({
    points: points.map(([x, y]): Point => [x0 + scale * x, y0 + scale * y]),
    radii,
  }))
}

/** How far traces reach with points scaled by one factor and radii by another. */
function extent(traces: readonly Trace[], scale: number, pen: number) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity]
  for (const { points, radii } of traces) {
    for (let i = 0; i < points.length; i++) {
      const [x, y, r] = [scale * points[i][0], scale * points[i][1], pen * radii[i]]
      if (x - r < left) left = x - r
      if (x + r > right) right = x + r
      if (y - r < top) top = y - r
      if (y + r > bottom) bottom = y + r
    }
  }
  return { left, right, top, bottom }
}
