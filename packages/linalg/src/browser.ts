/** `@gosa/linalg/browser`: threads in browsers. */
import { startBrowserThread } from './kernels/threads/browser-thread.ts'
import { createSetThreads } from './kernels/threads/pool.ts'

const setBrowserThreads = createSetThreads(startBrowserThread)

/**
 * Makes the `wasm` backend compute on `n` threads, this one among them. 1, the default, stops the
 * others. Results have the same bits for any number. Call it before you create networks: those that exist already keep
 * their weights in memory that threads do not share, so that each operation copies them.
 *
 *     import { setThreads } from '@gosa/linalg/browser'
 *     if (crossOriginIsolated) setThreads(2)
 *
 * There is nothing to await: threads start with the first product that is large enough, and take part as soon as they are
 * ready, on a page not before it has been idle for a moment. They sleep while there is nothing to compute. A
 * Content-Security-Policy must allow `worker-src blob:`.
 *
 * Throws a `RangeError` unless n is an integer from 1 to 64, an `Error` for more than 1 if the page is not cross-origin
 * isolated. If a thread dies, the next product throws an `Error`, and after that one thread computes.
 */
export function setThreads(n: number): void {
  if (Number.isInteger(n) && n > 1 && !globalThis.crossOriginIsolated) {
    throw new Error(
      'setThreads: threads share memory, which browsers allow only if the page is cross-origin isolated: send the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    )
  }
  setBrowserThreads(n)
}
