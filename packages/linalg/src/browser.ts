import { setThreadsWith } from './threads/set-threads.ts'
import { WORKER } from './threads/worker.generated.ts'

const inBrowser = setThreadsWith((assignment, ended) => {
  const code = `${WORKER}onmessage = ({ data }) => work(data)`
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const worker = new Worker(url, { name: 'linalg' })
  worker.onerror = ({ message }) => ended(`died (${message || 'it could not be started'})`)
  worker.postMessage(assignment)
  return () => {
    worker.terminate()
    URL.revokeObjectURL(url)
  }
})

/**
 * Lets the `wasm` backend compute matrix products of some size on `n` threads, this one among them; 1, as at first, ends
 * the others. Bits are the same for any number.
 *
 *     import { setThreads } from '@gosa/linalg/browser'
 *     if (crossOriginIsolated) setThreads(2)
 *
 * Nothing needs to be awaited: threads start with the first product that is large enough, and take part as soon as they
 * are ready. They sleep when there is nothing to do. A Content-Security-Policy has to allow `worker-src blob:`.
 *
 * Throws a `RangeError` unless n is a whole number from 1 to 64, an `Error` for more than 1 where the page is not
 * cross-origin isolated. Where a thread dies, the next product throws an `Error`, and after that one thread computes
 * alone.
 */
export function setThreads(n: number): void {
  if (n > 1 && !globalThis.crossOriginIsolated) {
    throw new Error(
      'setThreads: threads share memory, which a browser allows pages that are cross-origin isolated: send the headers ' +
        'Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp',
    )
  }
  inBrowser(n)
}
