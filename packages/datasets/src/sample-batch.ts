import type { Rng } from '@gosa/linalg'
import { checkWhole } from './check.ts'

/**
 * `batchSize` indices from 0 to count − 1, each drawn from all of them (with replacement, so one may come twice): the
 * mini-batch of the book, `np.random.choice(train_size, batch_size)`. Written into `out` where one is given.
 *
 * Throws a `RangeError` for numbers that are not whole or below 1, or an `out` of another length.
 *
 * Source: Deep Learning from Scratch, section 4.2.3.
 */
export function sampleBatch(
  count: number,
  batchSize: number,
  rng: Rng,
  { out }: { out?: Int32Array } = {},
): Int32Array {
  checkWhole('sampleBatch: count', count, 1)
  checkWhole('sampleBatch: batchSize', batchSize, 1)
  const indices = out ?? new Int32Array(batchSize)
  if (indices.length !== batchSize) {
    throw new RangeError(`sampleBatch: out has length ${indices.length}, but the batch has ${batchSize}`)
  }
  for (let i = 0; i < batchSize; i++) indices[i] = rng.integer(count)
  return indices
}
