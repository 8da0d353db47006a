/**
 * Curves of a run in a bounded number of points, however many steps it takes: `createCurve` halves its resolution when it
 * is full, `createLossAverager` joins a fixed number of losses into each point.
 */

/** A point (x, y) of a curve. */
export type Point = readonly [x: number, y: number]

/** A curve that covers a whole run in a bounded number of points. */
export interface Curve {
  add(x: number, y: number): void
  points(): readonly Point[]
}

/**
 * A curve of at most `maxPoints` points, an even number. When it is full, each two neighbours are replaced by their mean,
 * and from then on each new point is the mean of as many values as the older ones.
 */
export function createCurve(maxPoints = 256): Curve {
  let points: Point[] = []
  let valuesPerPoint = 1
  let pending: Point[] = []

  return {
    add(x, y) {
      pending.push([x, y])
      if (pending.length < valuesPerPoint) return
      points.push(mean(pending))
      pending = []
      if (points.length < maxPoints) return
      points = Array.from({ length: maxPoints / 2 }, (_, i) => mean(points.slice(2 * i, 2 * i + 2)))
      valuesPerPoint *= 2
    },
    points: () => (pending.length > 0 ? [...points, mean(pending)] : points),
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

/** Joins the losses of consecutive steps into points. */
export interface LossAverager {
  add(iteration: number, loss: number): void
  /** The points since the last call; with `flush`, also one for the losses that do not fill a point yet. */
  take(flush: boolean): Point[]
}

/** Averages `stepsPerPoint` losses into each point, which lies at the middle of their steps. */
export function createLossAverager(stepsPerPoint: number): LossAverager {
  let points: Point[] = []
  let [sum, count, latest] = [0, 0, 0]
  const endPoint = () => {
    if (count > 0) points.push([latest - (count - 1) / 2, sum / count])
    sum = count = 0
  }
  return {
    add(iteration, loss) {
      sum += loss
      count++
      latest = iteration
      if (count >= stepsPerPoint) endPoint()
    },
    take(flush) {
      if (flush) endPoint()
      const taken = points
      points = []
      return taken
    },
  }
}
