/** A point of a curve: at `x`, `y`. */
export type Point = readonly [x: number, y: number]

/** What was seen over a whole run, in a bounded number of points. */
export interface Curve {
  add(x: number, y: number): void
  points(): readonly Point[]
}

/**
 * A curve of at most `most` points, an even number. Where more come, neighbours are joined to their mean, and each point
 * to come is the mean of as many values as the older ones are.
 */
export function createCurve(most = 256): Curve {
  let kept: Point[] = []
  let each = 1
  let waiting: Point[] = []

  return {
    add(x, y) {
      waiting.push([x, y])
      if (waiting.length < each) return
      kept.push(mean(waiting))
      waiting = []
      if (kept.length < most) return
      kept = Array.from({ length: most / 2 }, (_, i) => mean(kept.slice(2 * i, 2 * i + 2)))
      each *= 2
    },
    points: () => (waiting.length > 0 ? [...kept, mean(waiting)] : kept),
  }
}

function mean(points: readonly Point[]): Point {
  let [x, y] = [0, 0]
  for (const point of points) {
    x += point[0] / points.length
    y += point[1] / points.length
  }
  return [x, y]
}
