import { type CheckArguments, type Checkable, checkAny } from './check-any.ts'

/**
 * `@gosa/gradcheck/matchers`: matchers for vitest and jest. Call `expect.extend(matchers)` once, in a set-up file or in the
 * test.
 *
 *     expect(layer).toPassGradcheck(x)
 *     expect(loss).toPassGradcheck(x, t)
 *     expect(network).toPassGradcheck(x, t)
 *
 * Options come last. The failure message is the table of the report. An inconclusive check fails too.
 */
export const matchers = { toPassGradcheck }

/** What a matcher returns to the test runner. */
interface MatcherResult {
  readonly pass: boolean
  message(): string
}

function toPassGradcheck(subject: Checkable, ...args: CheckArguments): MatcherResult {
  const report = checkAny(subject, args)
  return {
    pass: report.ok,
    message: () =>
      report.ok
        ? `expected the gradients of ${report.name} to be wrong, but they are right\n\n${report}`
        : `expected the gradients of ${report.name} to be right\n\n${report}`,
  }
}

declare global {
  // The types of jest and of vitest both look up this interface.
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: must have the type parameters of jest's own declaration.
    interface Matchers<R, T = {}> {
      toPassGradcheck(...args: CheckArguments): R
    }
  }
}
