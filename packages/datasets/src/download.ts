/**
 * Downloads a file from the first mirror that delivers a copy which the receiver accepts. A transfer that fails begins
 * again from its first byte. Works in Node and in browsers, since it only needs `fetch`; the receiver decides where the
 * bytes go.
 */
import { DataError } from './errors.ts'

/** How far a download is. */
export interface DownloadProgress {
  readonly file: string
  /** The URL it comes from. */
  readonly url: string
  /** Bytes transferred so far; each attempt counts from 0. */
  readonly received: number
  /** Bytes in all; undefined if the server does not say. */
  readonly total?: number
}

/**
 * The engine's `AbortSignal`, also where TypeScript has neither the types of the DOM nor Node's: there nothing can be
 * passed, since no signal can be created.
 */
type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : never

/** How files are downloaded. */
export interface DownloadOptions {
  /** URLs of folders with the files, tried in turn, instead of the data set's own. */
  mirrors?: readonly string[]
  /** Aborts the download, which then rejects with the signal's reason. */
  signal?: Signal
  onProgress?: (progress: DownloadProgress) => void
  /** Number of further attempts per mirror after a failure that may be temporary; 3 by default. */
  retries?: number
  /** Milliseconds before the first of them, doubled each time; 500 by default. */
  backOff?: number
  /** Milliseconds without a byte after which a transfer counts as failed; 30,000 by default. */
  stallTimeout?: number
}

/** The file to download. */
export interface DownloadRequest {
  readonly file: string
  /** The largest size that the file can have. */
  readonly maxBytes: number
  /** What the user can do if every mirror fails, for the message. */
  readonly advice: string
}

/** No sensible compression takes more: deflate adds 5 bytes to each block of 16 KiB that it cannot shrink. */
export const maxCompressedBytes = (bytes: number): number => Math.ceil(bytes * 1.001) + 65_536

/**
 * Downloads a file and returns what `receive` makes of its bytes. `receive` is called for each attempt; it consumes the
 * chunks and verifies the result. If it throws a `DataError`, the copy is bad and the next mirror is tried, except for
 * code `write`, which ends the download.
 *
 * Throws a `DataError` of code `network` that names each mirror and what went wrong, and the signal's reason.
 */
export async function download<T>(
  { file, maxBytes, advice }: DownloadRequest,
  { mirrors = [], signal, onProgress, retries = 3, backOff = 500, stallTimeout = 30_000 }: DownloadOptions,
  receive: (chunks: AsyncIterable<Uint8Array>) => Promise<T>,
): Promise<T> {
  const failures: string[] = []
  for (const mirror of mirrors) {
    const url = `${mirror}${mirror.endsWith('/') ? '' : '/'}${file}`
    const report = (received: number, total?: number) => onProgress?.({ file, url, received, total })
    for (let attempt = 0; attempt <= retries; attempt++) {
      if (attempt > 0) await pause(backOff * 2 ** (attempt - 1), signal)
      try {
        return await receive(transfer(url, { maxBytes, stallTimeout, signal, report }))
      } catch (error) {
        signal?.throwIfAborted()
        const mayPass = error instanceof TransferError && error.mayPass
        if (mayPass && attempt < retries) continue
        const isBadCopy = error instanceof DataError && error.code !== 'write'
        if (!isBadCopy && !(error instanceof TransferError)) throw error
        failures.push(`${url} ${error.message}`)
        break
      }
    }
  }
  const tried = failures.length > 0 ? failures.join('; ') : 'no mirror is known'
  throw new DataError('network', `could not be downloaded: ${tried}. ${advice}`, { file })
}

/** Why a transfer failed, in words that follow the URL; `mayPass` if another attempt may succeed. */
class TransferError extends Error {
  readonly mayPass: boolean
  constructor(message: string, mayPass: boolean) {
    super(message)
    this.mayPass = mayPass
  }
}

interface TransferOptions {
  readonly maxBytes: number
  readonly stallTimeout: number
  readonly signal?: AbortSignal
  readonly report: (received: number, total?: number) => void
}

/** The chunks of one request. Throws a `TransferError`, and the signal's reason. */
async function* transfer(
  url: string,
  { maxBytes, stallTimeout, signal, report }: TransferOptions,
): AsyncGenerator<Uint8Array> {
  const stalled = new AbortController()
  async function beforeStall<T>(pending: Promise<T>): Promise<T> {
    const timer = setTimeout(() => stalled.abort(), stallTimeout)
    return pending.finally(() => clearTimeout(timer))
  }
  try {
    const signals = signal ? AbortSignal.any([signal, stalled.signal]) : stalled.signal
    const response = await beforeStall(fetch(url, { signal: signals }))
    checkResponse(response, url)
    const total = announcedLength(response)
    if (total !== undefined && total > maxBytes) throw tooLong(maxBytes)
    const reader = response.body?.getReader()
    let received = 0
    while (reader) {
      const { done, value } = await beforeStall(reader.read())
      if (done) break
      received += value.length
      if (received > maxBytes) throw tooLong(maxBytes)
      yield value
      report(received, total)
    }
    if (total !== undefined && received !== total) {
      throw new TransferError(`was cut off after ${received} of ${total} bytes`, true)
    }
  } catch (error) {
    signal?.throwIfAborted()
    if (stalled.signal.aborted) throw new TransferError(`sent nothing for ${stallTimeout} ms`, true)
    throw error instanceof TransferError ? error : new TransferError(`failed (${reason(error)})`, true)
  } finally {
    // Closes the connection if the receiver stopped early.
    stalled.abort()
  }
}

function checkResponse({ status, url: finalUrl }: Response, url: string): void {
  if (url.startsWith('https:') && !finalUrl.startsWith('https:')) {
    throw new TransferError(`redirects to ${finalUrl}, which is not encrypted`, false)
  }
  if (status !== 200) {
    throw new TransferError(`returned HTTP ${status}`, status >= 500 || status === 429 || status === 408)
  }
}

/** Undefined if the server does not say, or if `fetch` decodes the content, whose length then differs. */
function announcedLength({ headers }: Response): number | undefined {
  const length = headers.get('Content-Encoding') ? null : headers.get('Content-Length')
  return length === null ? undefined : Number(length)
}

const tooLong = (maxBytes: number): TransferError =>
  new TransferError(`sends more than the ${maxBytes} bytes that the file can have`, false)

function reason(error: unknown): string {
  const { message, cause } = error as Error
  return cause instanceof Error && cause.message ? `${message}: ${cause.message}` : message
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(end, milliseconds)
    signal?.addEventListener('abort', end, { once: true })
    function end() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', end)
      if (signal?.aborted) reject(signal.reason)
      else resolve()
    }
  })
}
