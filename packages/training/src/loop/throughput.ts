/** Throughput of training, in samples per second: only the steps count, drawing the batch included. */

export interface Throughput {
  /** Runs `work` and adds its duration. */
  time<T>(work: () => T): T
  /** Samples per second since the beginning; 0 before the first step. */
  overall(): number
  /** Samples per second since the last call; 0 without a step. */
  sinceLast(): number
}

/** Measures the throughput of `training`, whose `samples` counts the samples drawn; `now` is the time in ms. */
export function createThroughput(
  training: { readonly samples: number },
  now: () => number = () => performance.now(),
): Throughput {
  let seconds = 0
  const start = { samples: training.samples, seconds: 0 }
  let last = start
  const since = (from: typeof start) =>
    training.samples === from.samples ? 0 : (training.samples - from.samples) / (seconds - from.seconds)
  return {
    time(work) {
      const begin = now()
      try {
        return work()
      } finally {
        seconds += (now() - begin) / 1000
      }
    },
    overall: () => since(start),
    sinceLast() {
      const throughput = since(last)
      last = { samples: training.samples, seconds }
      return throughput
    },
  }
}
