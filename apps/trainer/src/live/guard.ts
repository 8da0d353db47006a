import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** To whom a page is shown: who knows where it is. */
export interface Door {
  port: number
  /** The first part of its path, which nobody can guess. */
  token: string
}

/** What is not answered, and why. */
export interface Refusal {
  status: 403 | 404 | 405
  reason: string
}

/**
 * Why a request is not answered, if so: 403 to another host, which a page of someone else's may have had its own name
 * point here for (DNS rebinding); 405 for anything but reading; 404 without the token.
 */
export function refusal(
  { method, url, headers }: IncomingMessage,
  { port, token }: Door,
): Refusal | undefined {
  const names = ['127.0.0.1', 'localhost'].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  )
  if (!names.includes(headers.host ?? '')) return { status: 403, reason: 'another host is answered here' }
  if (method !== 'GET') return { status: 405, reason: 'there is only something to read here' }
  const [, given = ''] = (url ?? '').split('/')
  return isSame(given, token) ? undefined : { status: 404, reason: 'there is nothing here' }
}

/** Compared in a time that says nothing of how much of it is right. */
const isSame = (a: string, b: string): boolean => timingSafeEqual(hashed(a), hashed(b))

const hashed = (text: string): Buffer => createHash('sha256').update(text).digest()
