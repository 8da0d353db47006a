import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test's server does with a request. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A real HTTP server on the loopback interface: its address, the requests that came, and how to end it. */
export async function serve(answer: Answer) {
  const requests: { url: string; range?: string }[] = []
  const server = createServer((request, response) => {
    requests.push({ url: request.url ?? '', range: request.headers.range })
    answer(request, response)
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    requests,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}

/** Serves files by name; a request for a range gets that range. */
export const withRanges =
  (files: Record<string, Uint8Array>): Answer =>
  ({ url = '', headers }, response) => {
    const bytes = files[url.slice(1)]
    if (!bytes) return response.writeHead(404).end()
    const [, start] = /^bytes=(\d+)-$/.exec(headers.range ?? '') ?? []
    if (start === undefined) return response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
    const from = Number(start)
    if (from >= bytes.length)
      return response.writeHead(416, { 'Content-Range': `bytes */${bytes.length}` }).end()
    const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`
    response
      .writeHead(206, { 'Content-Length': bytes.length - from, 'Content-Range': range })
      .end(bytes.subarray(from))
  }

/** Serves files whole, whatever range is asked for. */
export const withoutRanges =
  (files: Record<string, Uint8Array>): Answer =>
  ({ url = '' }, response) => {
    const bytes = files[url.slice(1)]
    if (!bytes) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
  }
