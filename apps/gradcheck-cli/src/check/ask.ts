import type { Job, Result } from '../jobs/job.ts'
import type { PackedReport } from '../jobs/pack-report.ts'
import type { Outcome } from '../pool/pool.ts'
import { type CaseResult, ofProblem, ofReport } from './case-result.ts'

/** Has jobs done, and answers in their order. */
export type Ask = (jobs: readonly Job[]) => Promise<Outcome<Result>[]>

/** What came of the case that a job checked. */
export const resultOf = (name: string, outcome: Outcome<Result>, module?: string): CaseResult =>
  'problem' in outcome ? ofProblem(name, outcome.problem, module) : ofReport(reportOf(outcome.result), module)

/** The report of a job that makes one. */
export function reportOf(result: Result): PackedReport {
  if ('report' in result) return result.report
  throw new Error('the job made no report')
}

/** The names that a job found. */
export function namesOf(result: Result): readonly string[] {
  if ('names' in result) return result.names
  throw new Error('the job found no names')
}
