import type { Entry, Finding, Report, Verdict } from './report.ts'
import { table } from './table.ts'

/** A report with its verdict worked out. */
export function makeReport(parts: Omit<Report, 'ok' | 'verdict' | 'toString'>): Report {
  const verdict = verdictOf(parts.entries, parts.findings)
  const report = { ok: verdict === 'pass', verdict, ...parts }
  // Not enumerable, so that reports can be compared and copied.
  return Object.defineProperties(report, {
    toString: { value: () => table(report) },
    toJSON: { value: () => ({ ...report, entries: report.entries.map(withoutTensors) }) },
  })
}

const withoutTensors = ({ analytic, numerical, ...entry }: Entry): Entry => entry

function verdictOf(entries: readonly Entry[], findings: readonly Finding[]): Verdict {
  if (findings.length > 0 || entries.some(({ verdict }) => verdict === 'fail')) return 'fail'
  return entries.some(({ verdict }) => verdict === 'inconclusive') ? 'inconclusive' : 'pass'
}
