import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failure } from '@gosa/cli-kit'
import { answer, type Shown } from './answer.ts'
import { createEventStream } from './event-stream.ts'

export interface LiveServer {
  readonly url: string
  /** How many pages listen. */
  readonly listeners: number
  /** Tells all who listen of a new state. */
  send(state: unknown): void
  /** Says to all that this was it, and closes every connection. */
  close(words: string): Promise<void>
}

const ADDRESS = '127.0.0.1'

/**
 * Shows a page to this machine alone, below a path that nobody can guess; port 0 stands for a free one. Throws a
 * `CommandError` where the port cannot be had.
 */
export async function createLiveServer(port: number, shown: Shown): Promise<LiveServer> {
  const token = randomBytes(16).toString('base64url')
  const stream = createEventStream()
  const server = createServer((request, response) => answer(request, response, door, { stream, ...shown }))
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause: NodeJS.ErrnoException) => failed(failure(words(port, cause), { cause })))
    server.listen(port, ADDRESS, listening)
  })
  const door = { port: (server.address() as AddressInfo).port, token }

  return {
    url: `http://${ADDRESS}:${door.port}/${token}/`,
    get listeners() {
      return stream.listeners
    },
    send: (state) => stream.send('state', state),
    async close(words) {
      const closed = new Promise((done) => server.close(done))
      await stream.end('end', words)
      server.closeAllConnections()
      await closed
    },
  }
}

function words(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE')
    return `--live ${port}: another program has this port; choose another, or --live alone`
  if (code === 'EACCES')
    return `--live ${port}: you may not use this port; choose one from 1024 up, or --live alone`
  return `--live ${port}: ${message}`
}
