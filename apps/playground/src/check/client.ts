import type { CheckReply, CheckRequest } from './protocol.ts'

/** Checks in a worker of their own, so that neither training nor the page waits for them. */
export interface Checker {
  /** Rejects where the check could not be made; of several, only the last one asked for is answered. */
  check(request: Omit<CheckRequest, 'id'>): Promise<CheckReply>
  stop(): void
}

export function startChecker(): Checker {
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' })
  let asked = 0
  return {
    check: (request) =>
      new Promise((resolve, reject) => {
        const id = ++asked
        worker.onmessage = ({ data }: MessageEvent<CheckReply | { id: number; failed: string }>) => {
          if (data.id !== id) return
          if ('failed' in data) reject(new Error(data.failed))
          else resolve(data)
        }
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage({ ...request, id })
      }),
    stop: () => worker.terminate(),
  }
}
