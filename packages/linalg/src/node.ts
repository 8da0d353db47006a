/** `@gosa/linalg/node`: threads in Node. */
import { startNodeThread } from './kernels/threads/node-thread.ts'
import { createSetThreads } from './kernels/threads/pool.ts'

/**
 * Makes the `wasm` backend compute on `n` threads, this one among them. 1, the default, stops the
 * others. Results have the same bits for any number. Call it before you create networks: those that exist already keep
 * their weights in memory that threads do not share, so that each operation copies them.
 *
 *     import { setThreads } from '@gosa/linalg/node'
 *     setThreads(2)
 *
 * There is nothing to await: threads start with the first product that is large enough, and take part as soon as they are
 * ready. They sleep while there is nothing to compute, and do not keep the process alive.
 *
 * Throws a `RangeError` unless n is an integer from 1 to 64. If a thread dies, the next product throws an `Error`, and after
 * that one thread computes.
 */
export const setThreads: (n: number) => void = createSetThreads(startNodeThread)
