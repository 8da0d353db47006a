import { createStopwatch } from './stopwatch.ts'

/** How fast training is: steps alone are timed, the drawing of batches included. */
export interface Pace {
  /** Times what it runs. */
  run<T>(work: () => T): T
  /** Samples a second so far. */
  overall(): number
  /** Samples a second since this was last asked. */
  lately(): number
}

/** `training` tells how many samples were drawn. */
export function createPace(training: { readonly samples: number }): Pace {
  const watch = createStopwatch()
  let since = { samples: 0, seconds: 0 }
  const speed = (from: typeof since) =>
    training.samples === from.samples ? 0 : (training.samples - from.samples) / (watch.seconds - from.seconds)
  return {
    run: watch.run,
    overall: () => speed({ samples: 0, seconds: 0 }),
    lately() {
      const latest = speed(since)
      since = { samples: training.samples, seconds: watch.seconds }
      return latest
    },
  }
}
