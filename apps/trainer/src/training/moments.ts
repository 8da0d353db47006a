import { stepsPerEpoch } from '@gosa/training'
import type { Config } from '../config/config.ts'

/** After which steps of a run the network is evaluated. */
export interface Moments {
  /** Whether one of them is after so many steps. */
  at(iteration: number): boolean
  /** The next one. */
  next(iteration: number): number
  /** How many epochs so many steps are. */
  epochs(iteration: number): number
}

/** At the end of each epoch, or where the book's loop prints; `images` is how many there are to train with. */
export const momentsOf = (
  { batchSize, book, iterations }: Pick<Config, 'batchSize' | 'iterations'> & { book?: boolean },
  images: number,
): Moments =>
  book ? bookMoments(images / batchSize, iterations) : epochEnds(stepsPerEpoch(images, batchSize))

const epochEnds = (perEpoch: number): Moments => ({
  at: (iteration) => iteration % perEpoch === 0,
  next: (iteration) => (Math.floor(iteration / perEpoch) + 1) * perEpoch,
  epochs: (iteration) => iteration / perEpoch,
})

/**
 * Those of `ch05/train_neuralnet.py`: `if i % iter_per_epoch == 0`, where i is one less than the steps that were taken
 * and `iter_per_epoch = max(train_size / batch_size, 1)`, which need not be whole: 468.75 for batches of 128 from
 * 60,000 images, so that the loop prints each 1875 steps.
 */
function bookMoments(batches: number, iterations: number): Moments {
  const perEpoch = Math.max(batches, 1)
  const at = (iteration: number) => (iteration - 1) % perEpoch === 0
  return {
    at,
    next(iteration) {
      let next = iteration + 1
      while (next < iterations && !at(next)) next++
      return next
    },
    epochs: (iteration) => (iteration - 1) / perEpoch,
  }
}
