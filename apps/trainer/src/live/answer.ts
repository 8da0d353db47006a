import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Page } from '../html/page.ts'
import type { EventStream } from './event-stream.ts'
import { type Door, refusal } from './guard.ts'

/** What there is to see. */
export interface Shown {
  /** The page as it is now. */
  page(): Page
  /** What someone who begins to listen is told first: all that there is to know. */
  state(): unknown
}

const HEADERS = {
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

/** Answers a request: with the page, with what happens as it happens, or with why not. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  door: Door,
  { stream, page, state }: Shown & { stream: EventStream },
): void {
  const say = (status: number, text: string, headers: Record<string, string> = {}) => {
    response.writeHead(status, { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', ...headers })
    response.end(text)
  }
  const refused = refusal(request, door)
  const path = request.url?.slice(door.token.length + 1)
  if (refused) say(refused.status, `${refused.reason}\n`, refused.status === 405 ? { Allow: 'GET' } : {})
  else if (path === '') say(308, '', { Location: `/${door.token}/` })
  else if (path === '/') {
    const { text, policy } = page()
    const headers = { 'Content-Security-Policy': `${policy}; frame-ancestors 'none'` }
    say(200, text, { ...headers, 'Content-Type': 'text/html; charset=utf-8' })
  } else if (path !== '/events') say(404, 'there is nothing here\n')
  else if (!stream.add(response, HEADERS, 'state', state())) say(503, 'too many pages are open\n')
}
