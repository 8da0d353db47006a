import type { Job, Result } from '../jobs/job.ts'
import type { Outcome } from '../pool/pool.ts'
import { type CaseResult, ofProblem, ofReport } from './case-result.ts'

/** Has jobs done, and answers in their order. */
export type Ask = (jobs: readonly Job[]) => Promise<Outcome<Result>[]>

/** What came of the case that a job checked. */
export const resultOf = (name: string, outcome: Outcome<Result>, module?: string): CaseResult =>
  'problem' in outcome
    ? ofProblem(name, outcome.problem, module)
    : ofReport(answerOf(outcome.result, 'report'), module)

/** What was asked of a job: its report, the names that it found, … */
export function answerOf<Key extends 'report' | 'names' | 'judged' | 'count'>(
  result: Result,
  key: Key,
): Extract<Result, Record<Key, unknown>>[Key] {
  if (key in result) return (result as never)[key]
  throw new Error(`the job answered without ${key}`)
}
