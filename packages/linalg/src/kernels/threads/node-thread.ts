/** Starts worker threads in Node. */
import { Worker } from 'node:worker_threads'
import type { StartThread } from './pool.ts'
import { WORKER } from './worker.generated.ts'

/** Starts a thread that does not keep the process alive. */
export const startNodeThread: StartThread = (onExit) => {
  const code = `${WORKER}require('node:worker_threads').parentPort.on('message', createReceiver())`
  // Without the process's own options, which may declare code to be a module, or preload something.
  const worker = new Worker(code, { eval: true, execArgv: [], name: 'linalg' })
  worker.unref()
  worker.on('error', ({ message }) => onExit(`died (${message})`))
  worker.on('exit', (exitCode) => onExit(`ended (exit code ${exitCode})`))
  return { post: (message) => worker.postMessage(message), stop: () => worker.terminate() }
}
