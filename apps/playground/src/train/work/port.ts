import type { Reply } from '../protocol.ts'

/** What the training hears and speaks through: a worker's own scope, or a test. */
export interface Port {
  tell(reply: Reply, transfer?: Transferable[]): void
  /** Lets requests arrive. */
  breathe(): Promise<void>
  /** In ms. */
  now(): number
}
