import { startBrowserThread } from './kernels/threads/browser-thread.ts'
import { setThreadsWith } from './kernels/threads/set-threads.ts'

const setBrowserThreads = setThreadsWith(startBrowserThread)

/**
 * Lets the `wasm` backend compute large products of matrices on `n` threads, this one among them; 1, as at first, ends
 * the others. Bits are the same for any number.
 *
 *     import { setThreads } from '@gosa/linalg/browser'
 *     if (crossOriginIsolated) setThreads(2)
 *
 * Nothing needs to be awaited: threads start with the first product that is large enough, and take part as soon as they
 * are ready, which on a page is not before it has been idle for a moment. They sleep when there is nothing to do. A
 * Content-Security-Policy has to allow `worker-src blob:`.
 *
 * Throws a `RangeError` unless n is a whole number from 1 to 64, an `Error` for more than 1 where the page is not
 * cross-origin isolated. Where a thread dies, the next product throws an `Error`, and after that one thread computes
 * alone.
 */
export function setThreads(n: number): void {
  if (n > 1 && !globalThis.crossOriginIsolated) {
    throw new Error(
      'setThreads: threads share memory, which browsers allow pages that are cross-origin isolated: send the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    )
  }
  setBrowserThreads(n)
}
