import { showValue } from '@gosa/linalg/options'
import type { Report } from '../types/report.ts'

/** Throws a `TypeError` unless these are reports of checks. */
export function checkReports(caller: string, reports: readonly Report[]): void {
  if (!Array.isArray(reports)) {
    throw new TypeError(`${caller}: reports must be an array of reports, not ${showValue(reports)}`)
  }
  const wrong = reports.findIndex((report) => !Array.isArray(report?.entries))
  if (wrong >= 0)
    throw new TypeError(`${caller}: reports[${wrong}] must be a report, not ${showValue(reports[wrong])}`)
}
