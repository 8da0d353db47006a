import type { Point } from '@gosa/training'

/** Joins so many losses to their mean, at the middle of their steps, so that a long run has as many points as a short one. */
export interface Means {
  add(iteration: number, loss: number): void
  /** The points since the last call; with `all`, also one of the losses that do not fill a point. */
  take(all: boolean): Point[]
}

export function createMeans(each: number): Means {
  let points: Point[] = []
  let [sum, count, latest] = [0, 0, 0]
  const close = () => {
    if (count > 0) points.push([latest - (count - 1) / 2, sum / count])
    sum = count = 0
  }
  return {
    add(iteration, loss) {
      sum += loss
      count++
      latest = iteration
      if (count >= each) close()
    },
    take(all) {
      if (all) close()
      const taken = points
      points = []
      return taken
    },
  }
}
