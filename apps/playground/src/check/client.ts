/** The page's side of the checker: runs checks in a worker, so that neither training nor the page waits for them. */
import type { CheckFailure, CheckReply, CheckRequest } from './protocol.ts'

export interface Checker {
  /** Runs a check; rejects if it cannot be run. If a check is requested before the last one is done, only the new one resolves. */
  check(request: Omit<CheckRequest, 'id'>): Promise<CheckReply>
}

let checker: Checker | undefined

/** The checker of the page; its worker starts at the first call. */
export function sharedChecker(): Checker {
  checker ??= startChecker()
  return checker
}

function startChecker(): Checker {
  const worker = new Worker(new URL('./check.worker.ts', import.meta.url), { type: 'module' })
  let latestId = 0
  return {
    check: (request) =>
      new Promise((resolve, reject) => {
        const id = ++latestId
        worker.onmessage = ({ data }: MessageEvent<CheckReply | CheckFailure>) => {
          if (data.id !== id) return
          if ('failed' in data) reject(new Error(data.failed))
          else resolve(data)
        }
        worker.onerror = ({ message }) => reject(new Error(message))
        worker.postMessage({ ...request, id })
      }),
  }
}
