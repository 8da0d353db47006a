import type { Reply, Request } from './protocol.ts'
import { createServer } from './work/serve.ts'

/** The part of a worker's global scope that is used here; the page's own types know of none. */
interface Scope {
  onmessage: ((event: MessageEvent<Request>) => void) | null
  postMessage(reply: Reply, transfer: Transferable[]): void
}
const scope = globalThis as unknown as Scope

// A message to oneself comes after those that wait, and sooner than a timer.
const { port1, port2 } = new MessageChannel()
const breathe = () =>
  new Promise<void>((resolve) => {
    port1.onmessage = () => resolve()
    port2.postMessage(null)
  })

const serve = createServer({
  tell: (reply, transfer = []) => scope.postMessage(reply, transfer),
  breathe,
  now: () => performance.now(),
})
scope.onmessage = ({ data }) => {
  serve(data)
}
