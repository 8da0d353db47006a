/** A point in the plane; x to the right, y downwards. */
export type Point = readonly [x: number, y: number]

/** A stroke of the pen: points along its path. */
export type Path = readonly Point[]

/**
 * A smooth curve through the given points (Catmull and Rom's spline), `steps` points from each to the next. One given
 * twice in a row is a corner.
 */
export function smooth(points: Path, steps: number): Point[] {
  const curve: Point[] = [points[0]]
  for (let i = 0; i + 1 < points.length; i++) {
    const [b, c] = [points[i], points[i + 1]]
    if (b[0] === c[0] && b[1] === c[1]) continue
    const [a, d] = [points[Math.max(0, i - 1)], points[Math.min(points.length - 1, i + 2)]]
    for (let step = 1; step <= steps; step++) {
      const t = step / steps
      curve.push([between(a[0], b[0], c[0], d[0], t), between(a[1], b[1], c[1], d[1], t)])
    }
  }
  return curve
}

const between = (a: number, b: number, c: number, d: number, t: number): number =>
  b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))
