/** The worker that trains: passes messages between the pages and the server. */
import type { Reply, Request } from './protocol.ts'
import { createServer } from './worker/server.ts'

/** The part of a worker's global scope that is used here; the types of the DOM do not include it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null
  postMessage(reply: Reply, transfer: Transferable[]): void
}
const scope = globalThis as unknown as WorkerScope

// A message to itself arrives after the requests that wait already, and sooner than a timer.
const { port1, port2 } = new MessageChannel()
const yieldToEvents = () =>
  new Promise<void>((resolve) => {
    port1.onmessage = () => resolve()
    port2.postMessage(null)
  })

const serve = createServer({
  send: (reply, transfer = []) => scope.postMessage(reply, transfer),
  yieldToEvents,
  now: () => performance.now(),
})
scope.onmessage = ({ data }) => {
  serve(data)
}
