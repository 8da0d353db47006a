import type { Finding, Verdict } from '@gosa/gradcheck'
import type { Problem } from '../errors/problem.ts'
import type { PackedEntry, PackedReport } from '../jobs/pack-report.ts'

/** What came of a case: a report; or what its code threw, which is a failure. */
export interface CaseResult {
  readonly name: string
  readonly ok: boolean
  readonly verdict: Verdict
  readonly entries: readonly PackedEntry[]
  readonly findings: readonly Finding[]
  readonly notes: readonly string[]
  readonly problem?: Problem
  /** The module that it comes from, as it was typed. */
  readonly module?: string
  /** Undefined where there is a problem. */
  readonly report?: PackedReport
}

/** The result of a case that came to a report. */
export const ofReport = (report: PackedReport, module?: string): CaseResult => ({
  ...parts(report),
  report,
  module,
})

const parts = ({ name, ok, verdict, entries, findings, notes }: PackedReport) => ({
  name,
  ok,
  verdict,
  entries,
  findings,
  notes,
})

/** The result of a case whose code threw. */
export const ofProblem = (name: string, problem: Problem, module?: string): CaseResult => ({
  name,
  ok: false,
  verdict: 'fail',
  entries: [],
  findings: [],
  notes: [],
  problem,
  module,
})

/** The gravest of verdicts; of none, a pass. */
export const gravest = (verdicts: readonly Verdict[]): Verdict =>
  (['fail', 'inconclusive'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'pass'
