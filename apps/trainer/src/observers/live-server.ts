/**
 * An HTTP server that shows one page to this machine alone, and tells open pages of changes by server-sent events. It answers
 * only requests for a path that contains a random token, with its own address as `Host`.
 */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { failure } from '@gosa/cli-kit'
import type { Page } from '../report/page.ts'
import { errorTexts } from '../texts/errors.ts'

export interface LiveServer {
  readonly url: string
  /** Number of pages that are connected. */
  readonly listeners: number
  /** Sends a `state` event to all connected pages, but for those that have not yet received the last one. */
  send(state: unknown): void
  /** Sends a last event, `end`, to all, and closes every connection. */
  close(state: unknown): Promise<void>
}

/** What a server shows. */
export interface LiveContent {
  /** The current page. */
  page(): Page
  /** The first `state` event of a page that connects: everything there is to know. */
  state(): unknown
}

/** The loopback interface: other machines cannot connect. */
const ADDRESS = '127.0.0.1'
const MAX_LISTENERS = 16
/** How long `close` waits until the last event has been received. */
const CLOSE_TIMEOUT_MS = 1000

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Starts the server; port 0 chooses a free one. Throws a `CommandError` if the port is not available. */
export async function createLiveServer(port: number, content: LiveContent): Promise<LiveServer> {
  const token = randomBytes(16).toString('base64url')
  const stream = createEventStream()
  const server = createServer((request, response) => handleRequest(request, response))
  await new Promise<void>((listening, failed) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      failed(failure(portProblem(port, cause), { cause })),
    )
    server.listen(port, ADDRESS, listening)
  })
  const access = { port: (server.address() as AddressInfo).port, token }

  function handleRequest(request: IncomingMessage, response: ServerResponse): void {
    const respond = (status: number, text: string, headers: Record<string, string> = {}) => {
      response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', ...headers })
      response.end(text)
    }
    const rejection = rejectReason(request, access)
    const path = request.url?.slice(token.length + 1)
    if (rejection) respond(rejection.status, `${rejection.reason}\n`, rejection.headers)
    else if (path === '') respond(308, '', { Location: `/${token}/` })
    else if (path === '/') {
      const { text, policy } = content.page()
      respond(200, text, {
        'Content-Security-Policy': `${policy}; frame-ancestors 'none'`,
        'Content-Type': 'text/html; charset=utf-8',
      })
    } else if (path !== '/events') respond(404, 'not found\n')
    else if (!stream.add(response, content.state)) respond(503, 'too many open pages\n')
  }

  return {
    url: `http://${ADDRESS}:${access.port}/${token}/`,
    get listeners() {
      return stream.listeners
    },
    send: stream.send,
    async close(state) {
      const closed = new Promise((done) => server.close(done))
      await stream.end(state)
      server.closeAllConnections()
      await closed
    },
  }
}

function portProblem(port: number, { code, message }: NodeJS.ErrnoException): string {
  if (code === 'EADDRINUSE') return errorTexts().live.inUse(port)
  if (code === 'EACCES') return errorTexts().live.denied(port)
  return `--live ${port}: ${message}`
}

interface Rejection {
  readonly status: 403 | 404 | 405
  readonly reason: string
  readonly headers?: Record<string, string>
}

/**
 * Why a request is rejected: 403 for another `Host`, which a page elsewhere may have pointed to this address (DNS rebinding);
 * 405 for methods other than GET; 404 without the token.
 */
function rejectReason(
  { method, url, headers }: IncomingMessage,
  { port, token }: { port: number; token: string },
): Rejection | undefined {
  const hosts = [ADDRESS, 'localhost'].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  )
  if (!hosts.includes(headers.host ?? '')) return { status: 403, reason: 'wrong host' }
  if (method !== 'GET') return { status: 405, reason: 'only GET is allowed', headers: { Allow: 'GET' } }
  const [, given = ''] = (url ?? '').split('/')
  return isSame(given, token) ? undefined : { status: 404, reason: 'not found' }
}

/** Takes the same time for every wrong token. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(sha256(a), sha256(b))

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()

/**
 * The connected pages. Data is JSON.
 *
 * Source: html.spec.whatwg.org, "Server-sent events".
 */
function createEventStream() {
  const responses = new Set<ServerResponse>()
  const event = (name: string, value: unknown) => `event: ${name}\ndata: ${JSON.stringify(value)}\n\n`
  return {
    get listeners() {
      return responses.size
    },
    /** Returns false if there are too many already. */
    add(response: ServerResponse, state: () => unknown): boolean {
      if (responses.size >= MAX_LISTENERS) return false
      responses.add(response)
      response.on('close', () => responses.delete(response))
      response.writeHead(200, { ...HEADERS, 'Content-Type': 'text/event-stream' })
      response.write(event('state', state()))
      return true
    },
    send(state: unknown): void {
      const text = event('state', state)
      for (const response of responses) if (!response.writableNeedDrain) response.write(text)
    },
    async end(state: unknown): Promise<void> {
      const text = event('end', state)
      const ended = [...responses].map(
        (response) => new Promise<void>((done) => response.end(text, done).on('close', done)),
      )
      let timer: NodeJS.Timeout | undefined
      const timeout = new Promise<void>((done) => (timer = setTimeout(done, CLOSE_TIMEOUT_MS)))
      await Promise.race([Promise.all(ended), timeout])
      clearTimeout(timer)
    },
  }
}
