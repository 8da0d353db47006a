import { type CheckedAt, toPassGradcheck } from './pass-gradcheck.ts'

/**
 * The matchers: `expect.extend(matchers)`, once, in a set-up file or the test.
 *
 *     expect(layer).toPassGradcheck(x)
 *     expect(loss).toPassGradcheck(x, t)
 *     expect(network).toPassGradcheck(x, t)
 *
 * Options come last. Fails with the report's table, also where the check is inconclusive.
 */
export const matchers = { toPassGradcheck }

declare global {
  // What jest's types look up, and vitest's as well.
  namespace jest {
    // biome-ignore lint/complexity/noBannedTypes: must have the parameters that jest's types have.
    interface Matchers<R, T = {}> {
      toPassGradcheck(...at: CheckedAt): R
    }
  }
}
