/** Starts worker threads in browsers. */
import type { StartThread } from './pool.ts'
import { WORKER } from './worker.generated.ts'

/** Starts a thread from a blob, so that no file has to be served. */
export const startBrowserThread: StartThread = (onExit) => {
  const code = `${WORKER}const receive = createReceiver(); onmessage = ({ data }) => receive(data)`
  const url = URL.createObjectURL(new Blob([code], { type: 'text/javascript' }))
  const worker = new Worker(url, { name: 'linalg' })
  worker.onerror = ({ message }) => onExit(`died (${message || 'it could not be started'})`)
  return {
    post: (message) => worker.postMessage(message),
    stop: () => {
      worker.terminate()
      URL.revokeObjectURL(url)
    },
  }
}
