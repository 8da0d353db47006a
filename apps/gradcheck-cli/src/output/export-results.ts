import { language, noColors } from '@gosa/cli-kit'
import type { Report } from '@gosa/gradcheck'
import { type PageTexts, toHtml, toJUnit } from '@gosa/gradcheck/report'
import { type CaseResult, withTensors, worstVerdict } from '../cases/case-result.ts'
import { texts } from '../texts.ts'
import { caseDetails } from './show-results.ts'

/*
 * Results for other programs: `--json`, `--junit` and `--html`.
 */

/** The results as one JSON document: the verdict, all entries with their case, and the cases. Without the gradients. */
export function toJson(results: readonly CaseResult[], seconds: number) {
  const verdict = worstVerdict(results.map((result) => result.verdict))
  return {
    ok: verdict === 'pass',
    verdict,
    entries: results.flatMap(({ name, module, entries }) =>
      entries.map(({ analytic, numerical, ...entry }) => ({ case: name, module, ...entry })),
    ),
    cases: results.map(({ name, module, ok, verdict, findings, unchecked, notes, problem, settings }) => ({
      name,
      module,
      ok,
      verdict,
      findings,
      unchecked,
      notes,
      problem: problem && { message: problem.message, ...problem.place },
      ...settings,
    })),
    seconds,
  }
}

/** The results as JUnit XML. Paths are relative to `folder`. */
export const toJUnitXml = (results: readonly CaseResult[], folder: string): string =>
  toJUnit(results.map((result) => toReport(result, folder)))

/** The results as an HTML page. Paths are relative to `folder`. */
export const toHtmlPage = (results: readonly CaseResult[], folder: string): string =>
  toHtml(
    results.map((result) => toReport(result, folder)),
    { title: 'gosa-gradcheck', texts: pageTexts() },
  )

/** The words of the page in the language of the process. */
function pageTexts(): PageTexts {
  const { page, verdicts, columns } = texts()
  return {
    lang: language(),
    verdicts,
    columns: language() === 'en' ? undefined : columns,
    contents: page.contents,
    gradientsCompared: page.gradientsCompared,
    maxRelativeError: page.maxRelativeError,
    analytic: columns.analytic,
    numerical: columns.numerical,
    difference: page.difference,
    frames: page.frames,
  }
}

/** The settings in the report of a case that threw before it could be checked. */
const NO_SETTINGS = { method: 'richardson', mode: 'full', dtype: 'float64', seed: 0 } as const

/** A result as a report for both: named with its module, and with the problem as a finding. */
function toReport(result: CaseResult, folder: string): Report {
  const { name, module, ok, verdict, entries, findings, unchecked, notes, problem } = result
  const settings = result.settings ?? NO_SETTINGS
  const text = caseDetails(result, { columns: 200, colors: noColors }, folder).join('\n')
  return {
    name: module === undefined ? name : `${module}: ${name}`,
    ok,
    verdict,
    entries: withTensors(entries),
    findings: problem ? [{ name: 'threw' as never, message: text }] : findings,
    unchecked,
    notes,
    ...settings,
    toString: () => text,
  }
}
