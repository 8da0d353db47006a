import type { Rng } from '@gosa/linalg'
import { checkWhole } from './check.ts'

/**
 * Mini-batches of one epoch: the indices 0 to count − 1 in random order, `batchSize` at a time, each exactly once. The
 * last batch holds what is left, so it may be smaller. Iterated again, it gives another epoch in another order.
 *
 * Throws a `RangeError` unless both are whole numbers from 1 up.
 */
export function batches(count: number, batchSize: number, rng: Rng): Iterable<Int32Array> {
  checkWhole('batches: count', count, 1)
  checkWhole('batches: batchSize', batchSize, 1)
  return {
    *[Symbol.iterator]() {
      const order = rng.permutation(count)
      for (let start = 0; start < count; start += batchSize) yield order.slice(start, start + batchSize)
    },
  }
}
