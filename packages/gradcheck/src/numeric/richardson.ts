import { type DerivativeEstimate, UNKNOWN } from './estimate.ts'
import {
  centralDifference,
  magnitudeForStep,
  type PerturbedFunction,
  perturbNumber,
  stepSize,
} from './finite-differences.ts'

/** Richardson extrapolation: `richardson` for checks, and the public function `derivative`. */

/** Maximum number of rows of the extrapolation table. */
const MAX_ROWS = 10

/**
 * The derivative at t = 0 by Richardson's extrapolation of central differences to h = 0, with Ridders' estimate of its
 * error. Each row of the table halves h, and each column
 *
 *     T₀ = D(h)    Tⱼ(h/2) = (4ʲ·Tⱼ₋₁(h/2) − Tⱼ₋₁(h)) / (4ʲ − 1)
 *
 * cancels another power of h². The error of an entry is the largest difference from the two entries that it is computed
 * from. Stops when that difference grows again, because rounding then dominates. The table cannot see the rounding error
 * of f itself, at most `f.maxRoundingError`: it is added to the error, and no smaller error is sought.
 *
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function richardson(f: PerturbedFunction, h: number): DerivativeEstimate {
  let best = UNKNOWN
  let previousRow: number[] = []
  for (let level = 0; level < MAX_ROWS; level++) {
    const step = h / 2 ** level
    const row = [centralDifference(f, step)]
    const rounding = (2 * f.maxRoundingError) / step
    let difference = Infinity
    for (let j = 1; j <= level; j++) {
      row[j] = row[j - 1] + (row[j - 1] - previousRow[j - 1]) / (4 ** j - 1)
      difference = Math.max(Math.abs(row[j] - row[j - 1]), Math.abs(row[j] - previousRow[j - 1]))
      if (difference + rounding <= best.error) best = { value: row[j], error: difference + rounding }
    }
    if (level > 0 && best.error <= 2 * rounding) break
    if (level > 1 && Math.abs(row[level] - previousRow[level - 1]) > 2 * best.error) break
    previousRow = row
  }
  return best
}

/**
 * The derivative of a function of one number with an estimate of its error, `{ value, error }`, by Richardson's
 * extrapolation of central differences. `h` is the first and largest step, by default in proportion to x. It should not
 * exceed the distance over which f changes its course; smaller steps are found by the extrapolation.
 *
 * Throws a `RangeError` if the step is not a positive number.
 *
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function derivative(
  f: (x: number) => number,
  x: number,
  { h }: { h?: number } = {},
): DerivativeEstimate {
  if (h !== undefined && !(h > 0 && h < Infinity)) {
    throw new RangeError(`derivative: the step h must be a positive number, not ${h}`)
  }
  return richardson(perturbNumber(f, x), h ?? stepSize('richardson', magnitudeForStep(x), Number.EPSILON))
}
