import type { StartThread } from './thread-pool.ts'
import { WORKER } from './worker.generated.ts'

/** Starts a thread in a browser. */
export const startBrowserThread: StartThread = (assignment, ended) => {
  const code = `${WORKER}onmessage = ({ data }) => work(data)`
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const worker = new Worker(url, { name: 'linalg' })
  worker.onerror = ({ message }) => ended(`died (${message || 'it could not be started'})`)
  worker.postMessage(assignment)
  return () => {
    worker.terminate()
    URL.revokeObjectURL(url)
  }
}
