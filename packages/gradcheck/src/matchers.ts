import { type CheckArguments, type Checkable, checkAny } from './check-any.ts'
import { checkGradient } from './check-gradient.ts'
import type { CheckOptions } from './types/options.ts'
import type { Report } from './types/report.ts'

/**
 * `@gosa/gradcheck/matchers`: matchers for vitest and jest. Call `expect.extend(matchers)` once, in a set-up file or in the
 * test.
 *
 *     expect(layer).toPassGradcheck(x)
 *     expect(loss).toPassGradcheck(x, t)
 *     expect(network).toPassGradcheck(x, t)
 *     expect(f).toHaveGradient(gradient, x)
 *
 * `toHaveGradient` takes what `checkGradient` takes, or in place of the function `gradient` its value at x; of asynchronous
 * functions it is awaited. Options come last. The failure message is the table of the report. An inconclusive check fails too.
 */
export const matchers = { toPassGradcheck, toHaveGradient }

/** What a matcher returns to the test runner. */
interface MatcherResult {
  readonly pass: boolean
  message(): string
}

function toPassGradcheck(subject: Checkable, ...args: CheckArguments): MatcherResult {
  return toResult(checkAny(subject, args))
}

function toHaveGradient(
  f: (x: never) => unknown,
  gradient: unknown,
  x: unknown,
  options: CheckOptions = {},
): MatcherResult | Promise<MatcherResult> {
  const isFunction = typeof gradient === 'function'
  // A value is that at x alone, so that properties at other inputs are none of its business.
  const all = isFunction ? options : { ...options, properties: false }
  const report: unknown = checkGradient(
    f,
    isFunction ? (gradient as () => unknown) : () => gradient,
    x as never,
    all,
  )
  return report instanceof Promise ? report.then(toResult) : toResult(report as Report)
}

const toResult = (report: Report): MatcherResult => ({
  pass: report.ok,
  message: () =>
    report.ok
      ? `expected the gradients of ${report.name} to be wrong, but they are right\n\n${report}`
      : `expected the gradients of ${report.name} to be right\n\n${report}`,
})

declare global {
  // The types of jest and of vitest both look up this interface.
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: must have the type parameters of jest's own declaration.
    interface Matchers<R, T = {}> {
      toPassGradcheck(...args: CheckArguments): R
      toHaveGradient(gradient: unknown, x: unknown, options?: CheckOptions): R
    }
  }
}
