/** When a run is evaluated and when it writes a checkpoint. Neither has an influence on the weights. */
import { stepsPerEpoch } from './sampler.ts'

/** After which steps a network is evaluated. */
export interface EvaluationSchedule {
  /** Whether an evaluation is due after `iteration` steps. */
  isDue(iteration: number): boolean
  /** The next iteration at which one can be due. */
  next(iteration: number): number
  /** The number of epochs that `iteration` steps make. */
  epochs(iteration: number): number
}

interface EvaluationScheduleOptions {
  batchSize: number
  iterations: number
  /** Evaluate where the book's loop prints, instead of at the end of each epoch. */
  book?: boolean
}

/** An evaluation at the end of each epoch of `samples` samples, or where the book's loop prints. */
export const createEvaluationSchedule = (
  { batchSize, book, iterations }: EvaluationScheduleOptions,
  samples: number,
): EvaluationSchedule =>
  book ? bookSchedule(samples / batchSize, iterations) : epochEnds(stepsPerEpoch(samples, batchSize))

const epochEnds = (perEpoch: number): EvaluationSchedule => ({
  isDue: (iteration) => iteration % perEpoch === 0,
  next: (iteration) => nextMultiple(perEpoch, iteration),
  epochs: (iteration) => iteration / perEpoch,
})

/**
 * The schedule of `ch05/train_neuralnet.py`: `if i % iter_per_epoch == 0`, where `i` is one less than the number of steps
 * taken and `iter_per_epoch = max(train_size / batch_size, 1)` need not be an integer: with 468.75, for batches of 128
 * from 60,000 images, the loop prints every 1875 steps.
 */
function bookSchedule(batchesPerEpoch: number, iterations: number): EvaluationSchedule {
  const perEpoch = Math.max(batchesPerEpoch, 1)
  const isDue = (iteration: number) => (iteration - 1) % perEpoch === 0
  return {
    isDue,
    next(iteration) {
      let next = iteration + 1
      while (next < iterations && !isDue(next)) next++
      return next
    },
    epochs: (iteration) => (iteration - 1) / perEpoch,
  }
}

/** After which steps a checkpoint is written. */
export interface CheckpointSchedule {
  /** The next iteration at which one is due by its number; infinite if the clock decides. */
  next(iteration: number): number
  /** Whether one is due after `iteration` steps. */
  isDue(iteration: number): boolean
  /** Must be called when one was written. */
  markWritten(): void
}

/**
 * A checkpoint every `every` steps, every epoch for 0, or every few seconds for a text such as `30s`; `now` is the time
 * in ms.
 */
export function createCheckpointSchedule(
  every: number | string,
  perEpoch: number,
  now: () => number = () => performance.now(),
): CheckpointSchedule {
  if (typeof every === 'number') {
    const steps = every || perEpoch
    return {
      next: (iteration) => nextMultiple(steps, iteration),
      isDue: (iteration) => iteration % steps === 0,
      markWritten: () => {},
    }
  }
  const interval = 1000 * Number.parseFloat(every)
  let last = now()
  return {
    next: () => Infinity,
    isDue: () => now() - last >= interval,
    markWritten: () => {
      last = now()
    },
  }
}

/** The smallest multiple of `n` above `iteration`. */
export const nextMultiple = (n: number, iteration: number): number => (Math.floor(iteration / n) + 1) * n
