import { startNodeThread } from './kernels/threads/node-thread.ts'
import { setThreadsWith } from './kernels/threads/set-threads.ts'

/**
 * Lets the `wasm` backend compute large products of matrices on `n` threads, this one among them; 1, as at first, ends
 * the others. Bits are the same for any number.
 *
 *     import { setThreads } from '@gosa/linalg/node'
 *     setThreads(2)
 *
 * Nothing needs to be awaited: threads start with the first product that is large enough, and take part as soon as they
 * are ready. They sleep when there is nothing to do, and do not keep a program from ending.
 *
 * Throws a `RangeError` unless n is a whole number from 1 to 64. Where a thread dies, the next product throws an
 * `Error`, and after that one thread computes alone.
 */
export const setThreads: (n: number) => void = setThreadsWith(startNodeThread)
