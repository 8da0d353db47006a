import { type Checkable, type CheckedAt, checkAny } from './matchers/pass-gradcheck.ts'
import type { Report } from './report/report.ts'

/**
 * Throws unless the gradients are right, with the report's table as the message: for node:test, and for any other runner
 * that takes an error for a failure.
 *
 *     assertGradcheck(layer, x)
 *     assertGradcheck(loss, x, t)
 *     assertGradcheck(network, x, t)
 *
 * Options come last. Answers the report. Inconclusive is no pass.
 */
export function assertGradcheck(subject: Checkable, ...at: CheckedAt): Report {
  const report = checkAny(subject, at)
  if (report.ok) return report
  const error = new Error(`the gradients of ${report.name} are not right\n\n${report}`)
  throw Object.assign(error, { name: 'AssertionError', code: 'ERR_ASSERTION', report })
}
