import type { CheckEntry, Finding, Report, Verdict } from '@gosa/gradcheck'
import { Tensor } from '@gosa/linalg'
import type { Problem } from '../errors/user-frame.ts'

/*
 * The result of a case, made in a worker; terminal, JSON, JUnit and HTML are all made from it.
 */

/** The result of a case as plain data, which can be sent between threads: a report, or what the case's code threw. */
export interface CaseResult {
  readonly name: string
  /** The module that the case comes from, as it was typed. */
  readonly module?: string
  readonly ok: boolean
  readonly verdict: Verdict
  readonly entries: readonly EntryResult[]
  readonly findings: readonly Finding[]
  /** Weights that were not checked. */
  readonly unchecked: readonly string[]
  readonly notes: readonly string[]
  /** What the case's code threw; the verdict is then `fail`. */
  readonly problem?: Problem
  /** How the case was checked; undefined if it threw. */
  readonly settings?: Pick<Report, 'method' | 'mode' | 'dtype' | 'seed'>
}

/** An entry of a report, with the elements of its gradients if `keepGradients`. */
export type EntryResult = Omit<CheckEntry, 'analytic' | 'numerical'> & {
  readonly analytic?: Tensor['data']
  readonly numerical?: Tensor['data']
}

/** Makes a result from a report. Gradients are large, so it holds them only if `keepGradients`. */
export function toCaseResult(report: Report, keepGradients: boolean): CaseResult {
  const { name, ok, verdict, findings, unchecked, notes, method, mode, dtype, seed } = report
  const entries = report.entries.map(({ analytic, numerical, ...entry }) =>
    keepGradients ? { ...entry, analytic: analytic?.data, numerical: numerical?.data } : entry,
  )
  return { name, ok, verdict, entries, findings, unchecked, notes, settings: { method, mode, dtype, seed } }
}

/** The failed result of a case whose code threw. */
export const failedCase = (name: string, problem: Problem, module?: string): CaseResult => ({
  name,
  module,
  ok: false,
  verdict: 'fail',
  entries: [],
  findings: [],
  unchecked: [],
  notes: [],
  problem,
})

/** The entries with their gradients as tensors. */
export const withTensors = (entries: readonly EntryResult[]): CheckEntry[] =>
  entries.map(({ analytic, numerical, ...entry }) => ({
    ...entry,
    ...(analytic && { analytic: new Tensor(analytic, entry.shape) }),
    ...(numerical && { numerical: new Tensor(numerical, entry.shape) }),
  }))

/** The worst of the verdicts: `fail`, then `inconclusive`; `pass` if there are none. */
export const worstVerdict = (verdicts: readonly Verdict[]): Verdict =>
  (['fail', 'inconclusive'] as const).find((verdict) => verdicts.includes(verdict)) ?? 'pass'
