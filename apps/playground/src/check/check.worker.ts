/** The worker of the page Check: runs each check that it receives. */
import type { CheckFailure, CheckReply, CheckRequest } from './protocol.ts'
import { runCheck } from './run-check.ts'

/** The part of a worker's global scope that is used here; the types of the DOM do not include it. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<CheckRequest>) => void) | null
  postMessage(reply: CheckReply | CheckFailure): void
}
const scope = globalThis as unknown as WorkerScope

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage(runCheck(data))
  } catch (error) {
    scope.postMessage({ id: data.id, failed: (error as Error).message })
  }
}
