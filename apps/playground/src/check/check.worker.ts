import type { CheckReply, CheckRequest } from './protocol.ts'
import { performCheck } from './work/perform-check.ts'

/** The part of a worker's global scope that is used here; the page's own types know of none. */
interface Scope {
  onmessage: ((event: MessageEvent<CheckRequest>) => void) | null
  postMessage(reply: CheckReply | { id: number; failed: string }): void
}
const scope = globalThis as unknown as Scope

scope.onmessage = ({ data }) => {
  try {
    scope.postMessage(performCheck(data))
  } catch (error) {
    scope.postMessage({ id: data.id, failed: (error as Error).message })
  }
}
