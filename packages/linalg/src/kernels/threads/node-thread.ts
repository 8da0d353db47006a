import { Worker } from 'node:worker_threads'
import type { StartThread } from './thread-pool.ts'
import { WORKER } from './worker.generated.ts'

/** Starts a thread in Node that does not keep the program from ending. */
export const startNodeThread: StartThread = (assignment, ended) => {
  const code = `${WORKER}work(require('node:worker_threads').workerData)`
  // Without the options of this process, which may say that code is a module, or load something first.
  const worker = new Worker(code, { eval: true, workerData: assignment, execArgv: [], name: 'linalg' })
  worker.unref()
  worker.on('error', ({ message }) => ended(`died (${message})`))
  worker.on('exit', (exitCode) => ended(`ended (exit code ${exitCode})`))
  return () => worker.terminate()
}
