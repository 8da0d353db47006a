/** Starts worker threads in Node. */
import { Worker } from 'node:worker_threads'
import type { StartThread } from './thread-pool.ts'
import { WORKER } from './worker.generated.ts'

/** Starts a thread that does not keep the process alive. */
export const startNodeThread: StartThread = (init, onExit) => {
  const code = `${WORKER}work(require('node:worker_threads').workerData)`
  // Without the process's own options, which may declare code to be a module, or preload something.
  const worker = new Worker(code, { eval: true, workerData: init, execArgv: [], name: 'linalg' })
  worker.unref()
  worker.on('error', ({ message }) => onExit(`died (${message})`))
  worker.on('exit', (exitCode) => onExit(`ended (exit code ${exitCode})`))
  return () => worker.terminate()
}
