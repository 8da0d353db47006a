import type { CheckReply, CheckRequest } from './protocol.ts'

/** Makes checks in a worker of their own, so that neither training nor the page waits for them. */
export interface Checker {
  /** Rejects where the check could not be made; of several, only the last one asked for is answered. */
  check(request: Omit<CheckRequest, 'id'>): Promise<CheckReply>
}

let checker: Checker | undefined

/** The one checker of the page, whose worker is started when it is first needed. */
export function theChecker(): Checker {
  checker ??= started()
  return checker
}

function started(): Checker {
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
  }
}
