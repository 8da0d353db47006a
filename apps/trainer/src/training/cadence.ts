/** When checkpoints are written. */
export interface Cadence {
  /** The next step after which one is due for its number; infinite where the clock decides. */
  next(iteration: number): number
  /** Whether one is due after so many steps. */
  due(iteration: number): boolean
  /** To be told when one was written. */
  written(): void
}

/**
 * `every` is a number of steps, 0 for those of an epoch, or a time such as `30s`. When a checkpoint is written has no
 * influence on what is computed.
 */
export function createCadence(
  every: number | string,
  perEpoch: number,
  now: () => number = () => performance.now(),
): Cadence {
  if (typeof every === 'number') {
    const steps = every || perEpoch
    return {
      next: (iteration) => (Math.floor(iteration / steps) + 1) * steps,
      due: (iteration) => iteration % steps === 0,
      written: () => {},
    }
  }
  const wait = 1000 * Number.parseFloat(every)
  let last = now()
  return {
    next: () => Infinity,
    due: () => now() - last >= wait,
    written: () => {
      last = now()
    },
  }
}
