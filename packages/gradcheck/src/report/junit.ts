import { escaped } from './escape.ts'
import type { Report } from './report.ts'

/**
 * Reports as JUnit XML, which CI systems read: a test suite for each, with a test case for each input and weight, and one
 * for each finding. Both a wrong gradient and one that cannot be judged are failures, with the table of the report.
 *
 * Source: the schema of Jenkins' xUnit plugin.
 */
export function toJUnit(reports: readonly Report[]): string {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...reports.map(suite),
    '</testsuites>',
    '',
  ].join('\n')
}

function suite(report: Report): string {
  const { name, entries, findings } = report
  const cases = [
    ...entries.map((entry) => {
      const message = entry.cause ?? `${entry.wrong} of ${entry.compared} wrong, ${entry.unclear} unclear`
      return testCase(report, entry.name, entry.verdict === 'pass' ? undefined : message)
    }),
    ...findings.map((finding) => testCase(report, finding.name, finding.message)),
  ]
  const failures = entries.filter(({ verdict }) => verdict !== 'pass').length + findings.length
  return [
    `  <testsuite name="${escaped(name)}" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n')
}

function testCase(report: Report, name: string, failure?: string): string {
  const open = `    <testcase classname="${escaped(report.name)}" name="${escaped(name)}"`
  if (failure === undefined) return `${open}/>`
  const details = `<failure message="${escaped(failure)}">${escaped(String(report))}</failure>`
  return `${open}>\n      ${details}\n    </testcase>`
}
