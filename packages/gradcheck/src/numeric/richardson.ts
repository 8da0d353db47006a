import { type DerivativeEstimate, UNKNOWN } from './estimate.ts'
import { centralDifference, type PerturbedFunction } from './finite-differences.ts'

/** Richardson's extrapolation, the quick estimate of a derivative. */

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
 * of f itself, at most `f.maxRoundingError` or the measured `noise`: it is added to the error, and no smaller error is sought.
 *
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function richardson(f: PerturbedFunction, h: number, noise = 0): DerivativeEstimate {
  let best = UNKNOWN
  let previousRow: number[] = []
  for (let level = 0; level < MAX_ROWS; level++) {
    const step = h / 2 ** level
    const row = [centralDifference(f, step)]
    const rounding = (2 * Math.max(f.maxRoundingError, noise)) / step
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
