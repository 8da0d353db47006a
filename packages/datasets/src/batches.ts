/** Mini-batches as indices: whole epochs without repetition, or the book's random choice. */
import type { Rng } from '@gosa/linalg'
import { checkOptions, checkRng, showValue } from '@gosa/linalg/options'
import { checkInteger } from './arguments.ts'

/**
 * Returns the mini-batches of one epoch: the indices 0 to count − 1 in random order, `batchSize` at a time, each exactly
 * once. The last batch may be smaller. Iterating again gives another epoch in another order.
 *
 * Throws a `RangeError` unless both are integers of at least 1.
 */
export function batches(count: number, batchSize: number, rng: Rng): Iterable<Int32Array> {
  checkInteger('batches: count', count, 1)
  checkInteger('batches: batchSize', batchSize, 1)
  checkRng('batches', rng)
  return {
    *[Symbol.iterator]() {
      const order = rng.permutation(count)
      for (let start = 0; start < count; start += batchSize) yield order.slice(start, start + batchSize)
    },
  }
}

/**
 * Returns `batchSize` indices from 0 to count − 1, drawn with replacement, so that one may come twice: the mini-batch of
 * the book, `np.random.choice(train_size, batch_size)`. Written into `out` if given.
 *
 * Throws a `RangeError` unless both are integers of at least 1, and for an `out` of another length.
 *
 * Source: Deep Learning from Scratch, section 4.2.3.
 */
export function sampleBatch(
  count: number,
  batchSize: number,
  rng: Rng,
  options?: { out?: Int32Array },
): Int32Array {
  checkInteger('sampleBatch: count', count, 1)
  checkInteger('sampleBatch: batchSize', batchSize, 1)
  checkRng('sampleBatch', rng)
  const { out } = checkOptions('sampleBatch', options, ['out'])
  if (out !== undefined && !(out instanceof Int32Array)) {
    throw new TypeError(`sampleBatch: out must be an Int32Array, not ${showValue(out)}`)
  }
  const indices = out ?? new Int32Array(batchSize)
  if (indices.length !== batchSize) {
    throw new RangeError(`sampleBatch: out has length ${indices.length}, but the batch has ${batchSize}`)
  }
  for (let i = 0; i < batchSize; i++) indices[i] = rng.integer(count)
  return indices
}
