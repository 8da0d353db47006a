import type { CaseResult } from './check/case-result.ts'
import { gravest } from './check/case-result.ts'

/**
 * The results as one JSON document: the verdict on all, every entry with the case that it belongs to, and what is to be
 * said of each case as a whole. Without the gradients themselves.
 */
export function toJson(results: readonly CaseResult[], seconds: number) {
  const verdict = gravest(results.map((result) => result.verdict))
  return {
    ok: verdict === 'pass',
    verdict,
    entries: results.flatMap(({ name, module, entries }) =>
      entries.map(({ analytic, numerical, ...entry }) => ({ case: name, module, ...entry })),
    ),
    cases: results.map(({ name, module, ok, verdict, findings, notes, problem, report }) => ({
      name,
      module,
      ok,
      verdict,
      findings,
      notes,
      problem: problem && { message: problem.message, ...problem.place },
      ...(report && { method: report.method, mode: report.mode, dtype: report.dtype, seed: report.seed }),
    })),
    seconds,
  }
}
