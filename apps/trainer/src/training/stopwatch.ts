/** Adds up the time of what it runs, in seconds. */
export interface Stopwatch {
  readonly seconds: number
  run<T>(work: () => T): T
}

export function createStopwatch(now: () => number = () => performance.now()): Stopwatch {
  let seconds = 0
  return {
    get seconds() {
      return seconds
    },
    run(work) {
      const start = now()
      try {
        return work()
      } finally {
        seconds += (now() - start) / 1000
      }
    },
  }
}
