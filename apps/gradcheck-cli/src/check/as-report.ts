import { createPaint } from '@gosa/cli-kit'
import type { Report } from '@gosa/gradcheck'
import { unpackReport } from '../jobs/pack-report.ts'
import { caseDetails } from '../render/case-lines.ts'
import type { CaseResult } from './case-result.ts'

/** Plain text, as wide as it likes. */
const surface = { columns: 200, paint: createPaint({}, {}) }

/**
 * A result as the report that pages and CI files are made of, named with its module; what the code of a case threw is
 * its finding. `folder` is where paths are seen from.
 */
export const asReport =
  (folder: string) =>
  (result: CaseResult): Report => {
    const { name, module, report, problem } = result
    const known = report ? unpackReport(report) : NOTHING
    const lines = caseDetails(result, surface, folder)
    return {
      ...known,
      name: module === undefined ? name : `${module}: ${name}`,
      findings: problem ? [{ name: 'threw' as never, message: lines.join('\n') }] : known.findings,
      toString: () => lines.join('\n'),
    }
  }

/** Of a case whose code threw. */
const NOTHING: Omit<Report, 'toString' | 'name'> = {
  ok: false,
  verdict: 'fail',
  entries: [],
  findings: [],
  notes: [],
  method: 'richardson',
  mode: 'full',
  dtype: 'float64',
  seed: 0,
}
