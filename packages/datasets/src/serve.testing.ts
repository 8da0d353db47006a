/** A real HTTP server for tests of downloads. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a test's server does with a request. */
export type Handler = (request: IncomingMessage, response: ServerResponse) => void

/** Starts a server on the loopback interface; returns its URL, the paths that were requested, and how to stop it. */
export async function serve(handler: Handler) {
  const requests: string[] = []
  const server = createServer((request, response) => {
    if (request.method !== 'OPTIONS') requests.push(request.url ?? '')
    handler(request, response)
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

/** Serves files by name. */
export const serveFiles =
  (files: Record<string, Uint8Array>): Handler =>
  ({ url = '' }, response) => {
    const bytes = files[url.slice(1)]
    if (!bytes) return response.writeHead(404).end()
    response.writeHead(200, { 'Content-Length': bytes.length }).end(bytes)
  }

/** Announces a whole file, sends its first bytes and breaks the connection. */
export const breakAfter =
  (length: number, files: Record<string, Uint8Array>): Handler =>
  ({ url = '' }, response) => {
    const bytes = files[url.slice(1)]
    response.writeHead(200, { 'Content-Length': bytes.length })
    response.write(bytes.subarray(0, length), () => setTimeout(() => response.destroy(), 20))
  }
