import { DataError } from '../errors.ts'
import { chunksOf } from './chunks-of.ts'

/** Where the bytes of a download go. */
export interface Sink {
  /** How many are there already. */
  received(): number
  write(chunk: Uint8Array): Promise<void>
  /** Forgets what is there. */
  restart(): Promise<void>
}

/** What one request may do. */
export interface RequestOptions {
  readonly signal?: AbortSignal
  /** The most bytes that the file can have. */
  readonly limit: number
  /** Without a byte for so many milliseconds, it is given up. */
  readonly stallTimeout: number
  readonly onProgress?: (received: number, total: number | undefined) => void
}

/** Why a request did not bring the file: `retry` tells whether it may the next time. */
export class RequestFailure extends Error {
  readonly retry: boolean
  constructor(message: string, retry: boolean) {
    super(message)
    this.retry = retry
  }
}

/**
 * Gets a file into the sink, from where it stands if the server can continue there, else from the start. Throws a
 * `RequestFailure`, and what the sink or the caller's signal throws.
 */
export async function request(url: string, sink: Sink, options: RequestOptions): Promise<void> {
  const stalled = new AbortController()
  const signal = options.signal ? AbortSignal.any([options.signal, stalled.signal]) : stalled.signal
  let timer: ReturnType<typeof setTimeout> | undefined
  const alive = () => {
    clearTimeout(timer)
    timer = setTimeout(() => stalled.abort(), options.stallTimeout)
  }
  try {
    alive()
    const from = sink.received()
    const response = await fetch(url, { signal, headers: from > 0 ? { Range: `bytes=${from}-` } : {} })
    const total = await begin(response, url, from, sink)
    if (total !== undefined && total > options.limit) throw tooLong(options.limit)
    if (total === sink.received()) return
    for await (const chunk of chunksOf(response.body)) {
      alive()
      if (sink.received() + chunk.length > options.limit) throw tooLong(options.limit)
      await sink.write(chunk)
      options.onProgress?.(sink.received(), total)
    }
    if (total !== undefined && sink.received() !== total) {
      throw new RequestFailure(`was cut off after ${sink.received()} of ${total} bytes`, true)
    }
  } catch (error) {
    options.signal?.throwIfAborted()
    if (stalled.signal.aborted) throw new RequestFailure(`sent nothing for ${options.stallTimeout} ms`, true)
    if (error instanceof RequestFailure || error instanceof DataError) throw error
    throw new RequestFailure(`failed (${reason(error)})`, true)
  } finally {
    clearTimeout(timer)
    stalled.abort()
  }
}

/** Looks at what the server answers, and answers how many bytes there are in all, where it says so. */
async function begin(response: Response, url: string, from: number, sink: Sink): Promise<number | undefined> {
  const { status, headers } = response
  if (url.startsWith('https:') && !response.url.startsWith('https:')) {
    throw new RequestFailure(`leads to ${response.url}, which is not encrypted`, false)
  }
  const [, start, size] = /^bytes (?:(\d+)-\d+|\*)\/(\d+)$/.exec(headers.get('Content-Range') ?? '') ?? []
  if (status === 206 && Number(start) === from) return Number(size)
  if (status === 416 && Number(size) === from) return from
  if (from > 0 && (status === 206 || status === 416)) {
    await sink.restart()
    throw new RequestFailure('cannot continue where it stopped', true)
  }
  if (status !== 200) {
    throw new RequestFailure(`answers HTTP ${status}`, status >= 500 || status === 429 || status === 408)
  }
  if (from > 0) await sink.restart()
  // Bytes that fetch decodes are of another number than those that were announced.
  const length = headers.get('Content-Encoding') ? null : headers.get('Content-Length')
  return length === null ? undefined : Number(length)
}

const tooLong = (limit: number): RequestFailure =>
  new RequestFailure(`sends more than the ${limit} bytes that the file can have`, false)

function reason(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error && cause.message ? `${message}: ${cause.message}` : message
}
