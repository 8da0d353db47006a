import type { Estimate } from './numeric/estimate.ts'
import { richardson } from './numeric/richardson.ts'
import { sizeOfValue, stepFor } from './numeric/step.ts'

/**
 * The derivative of a function of one number, with an estimate of its error, by Richardson's extrapolation of central
 * differences: `{ value, error }`. `h` is the first and largest step, by default in proportion to x; it should be no larger
 * than what f needs to change its course, the extrapolation finds the small ones.
 *
 * Throws a `RangeError` for a step that is no positive number.
 *
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function derivative(f: (x: number) => number, x: number, { h }: { h?: number } = {}): Estimate {
  if (h !== undefined && !(h > 0 && h < Infinity)) {
    throw new RangeError(`derivative: the step h must be a positive number, not ${h}`)
  }
  let moved = 0
  const line = {
    at(t: number): number {
      moved = x + t - x
      return f(x + t)
    },
    get moved() {
      return moved
    },
    noise: 0,
    latestNoise: 0,
  }
  return richardson(line, h ?? stepFor('richardson', sizeOfValue(x), 'float64'))
}
