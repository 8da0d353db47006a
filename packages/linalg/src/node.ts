import { Worker } from 'node:worker_threads'
import { setThreadsWith } from './threads/set-threads.ts'
import { WORKER } from './threads/worker.generated.ts'

/**
 * Lets the `wasm` backend compute matrix products of some size on `n` threads, this one among them; 1, as at first, ends
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
export const setThreads: (n: number) => void = setThreadsWith((assignment, ended) => {
  const code = `${WORKER}work(require('node:worker_threads').workerData)`
  // Without the options of this process, which may say that code is a module, or load something first.
  const worker = new Worker(code, { eval: true, workerData: assignment, execArgv: [], name: 'linalg' })
  worker.unref()
  worker.on('error', (error) => ended(`died (${error.message})`))
  worker.on('exit', (code) => ended(`ended (exit code ${code})`))
  return () => {
    worker.removeAllListeners()
    worker.terminate()
  }
})
