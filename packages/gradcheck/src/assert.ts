import { showValue } from '@gosa/linalg/options'
import { type CheckArguments, type Checkable, checkAny } from './check-any.ts'
import type { Report } from './types/report.ts'

/**
 * `@gosa/gradcheck/assert`: returns the report if the gradients are right, else throws an error with the table of the report
 * as its message. For node:test and any other runner in which a thrown error is a failure.
 *
 *     assertGradcheck(layer, x)
 *     assertGradcheck(loss, x, t)
 *     assertGradcheck(network, x, t)
 *
 * Options come last. An inconclusive check throws too.
 */
export function assertGradcheck(subject: Checkable, ...args: CheckArguments): Report {
  if (!['object', 'function'].includes(typeof subject) || subject === null) {
    throw new TypeError(
      `assertGradcheck: a layer, a loss, a network or a function that makes one is needed, not ${showValue(subject)}`,
    )
  }
  const report = checkAny(subject, args)
  if (report.ok) return report
  const error = new Error(`the gradients of ${report.name} are not right\n\n${report}`)
  throw Object.assign(error, { name: 'AssertionError', code: 'ERR_ASSERTION', report })
}
