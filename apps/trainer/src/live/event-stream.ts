import type { ServerResponse } from 'node:http'

/** Those who listen to server-sent events. */
export interface EventStream {
  readonly listeners: number
  /** Lets one more listen, who is sent a first event; false where there are too many. */
  add(response: ServerResponse, headers: Record<string, string>, name: string, value: unknown): boolean
  /** Sends an event to all who have taken in the one before: what comes next says all that this one does. */
  send(name: string, value: unknown): void
  /** Sends a last event and ends all responses; waits until it has gone out, or a second. */
  end(name: string, value: unknown): Promise<void>
}

/** More pages than these nobody looks at. */
const MOST = 16

/** How long the last words may take, in ms. */
const PATIENCE = 1000

/**
 * Server-sent events, their data as JSON.
 *
 * Source: html.spec.whatwg.org, "Server-sent events".
 */
export function createEventStream(): EventStream {
  const open = new Set<ServerResponse>()
  const event = (name: string, value: unknown) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`
  return {
    get listeners() {
      return open.size
    },
    add(response, headers, name, value) {
      if (open.size >= MOST) return false
      open.add(response)
      response.on('close', () => open.delete(response))
      response.writeHead(200, { ...headers, 'Content-Type': 'text/event-stream' })
      response.write(event(name, value))
      return true
    },
    send(name, value) {
      const text = event(name, value)
      for (const response of open) if (!response.writableNeedDrain) response.write(text)
    },
    async end(name, value) {
      const text = event(name, value)
      const gone = [...open].map(
        (response) => new Promise<void>((done) => response.end(text, done).on('close', done)),
      )
      let timer: NodeJS.Timeout | undefined
      const waited = new Promise<void>((done) => (timer = setTimeout(done, PATIENCE)))
      await Promise.race([Promise.all(gone), waited])
      clearTimeout(timer)
    },
  }
}
