import { escapeMarkup } from '@gosa/charts/html'
import type { Report } from '../types/report.ts'
import { checkReports } from './check-reports.ts'

/**
 * Reports as JUnit XML, which CI systems read: a test suite for each report, a test case for each input and weight and for
 * each finding. Wrong and inconclusive gradients are failures, with the table of the report as the message.
 *
 * Source: the schema of Jenkins' xUnit plugin.
 */
export function toJUnit(reports: readonly Report[]): string {
  checkReports('toJUnit', reports)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<testsuites>',
    ...reports.map(testSuite),
    '</testsuites>',
    '',
  ].join('\n')
}

function testSuite(report: Report): string {
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
    `  <testsuite name="${escapeMarkup(name)}" tests="${cases.length}" failures="${failures}">`,
    ...cases,
    '  </testsuite>',
  ].join('\n')
}

function testCase(report: Report, name: string, failure?: string): string {
  const open = `    <testcase classname="${escapeMarkup(report.name)}" name="${escapeMarkup(name)}"`
  if (failure === undefined) return `${open}/>`
  const details = `<failure message="${escapeMarkup(failure)}">${escapeMarkup(String(report))}</failure>`
  return `${open}>\n      ${details}\n    </testcase>`
}
