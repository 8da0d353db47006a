/** Starts worker threads in browsers. */
import type { StartThread } from './thread-pool.ts'
import { WORKER } from './worker.generated.ts'

/** Starts a thread from a blob, so that no file has to be served. */
export const startBrowserThread: StartThread = (init, onExit) => {
  const code = `${WORKER}onmessage = ({ data }) => work(data)`
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const worker = new Worker(url, { name: 'linalg' })
  worker.onerror = ({ message }) => onExit(`died (${message || 'it could not be started'})`)
  worker.postMessage(init)
  return () => {
    worker.terminate()
    URL.revokeObjectURL(url)
  }
}
