import { DataError } from '../errors.ts'
import { RequestFailure, request, type Sink } from './request.ts'
import type { Signal } from './signal.ts'

/** How far a download has come. */
export interface DownloadProgress {
  readonly file: string
  /** The address it comes from. */
  readonly url: string
  /** In bytes, of what is transferred. */
  readonly received: number
  /** Undefined where the server does not say. */
  readonly total?: number
}

/** How files are downloaded. */
export interface DownloadOptions {
  /** Addresses of folders with the files, tried in turn, instead of the set's own. */
  mirrors?: readonly string[]
  signal?: Signal
  onProgress?: (progress: DownloadProgress) => void
  /** How often each mirror is asked again after a failure that may pass; 3 by default. */
  retries?: number
  /** The pause before the first of them in milliseconds, doubled each time; 500 by default. */
  backOff?: number
  /** A transfer without a byte for so many milliseconds is given up; 30,000 by default. */
  stallTimeout?: number
}

/** A file to download. */
export interface Wanted {
  readonly file: string
  readonly limit: number
  /** What to do where it cannot be had, for the message. */
  readonly advice: string
}

/**
 * Gets a file from the first mirror that has it and whose copy `verify` accepts; what came is continued after a break,
 * also by another mirror. Throws a `DataError` that tells what each mirror answered; what the signal throws, too.
 */
export async function download(
  { file, limit, advice }: Wanted,
  sink: Sink,
  verify: () => Promise<void>,
  { mirrors = [], signal, onProgress, retries = 3, backOff = 500, stallTimeout = 30_000 }: DownloadOptions,
): Promise<void> {
  const answers: string[] = []
  for (const mirror of mirrors) {
    const url = `${mirror}${mirror.endsWith('/') ? '' : '/'}${file}`
    for (let attempt = 0; attempt <= retries; attempt++) {
      if (attempt > 0) await pause(backOff * 2 ** (attempt - 1), signal)
      const continued = sink.received() > 0
      try {
        await request(url, sink, {
          signal,
          limit,
          stallTimeout,
          onProgress: (received, total) => onProgress?.({ file, url, received, total }),
        })
        await verify()
        return
      } catch (error) {
        signal?.throwIfAborted()
        if (error instanceof DataError && error.code === 'write') throw error
        if (!(error instanceof RequestFailure || error instanceof DataError)) throw error
        if (error instanceof DataError) {
          await sink.restart()
          // What was there before may be to blame, so the same mirror is asked for all of it.
          if (continued) {
            attempt--
            continue
          }
        } else if (error.retry && attempt < retries) continue
        answers.push(`${url} ${error.message}`)
        break
      }
    }
  }
  const tried = answers.length > 0 ? answers.join('; ') : 'no address is known'
  throw new DataError('network', `could not be downloaded: ${tried}. ${advice}`, { file })
}

function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(done, milliseconds)
    signal?.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal?.removeEventListener('abort', done)
      if (signal?.aborted) reject(signal.reason)
      else resolve()
    }
  })
}
