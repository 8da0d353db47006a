import { type Estimate, unknown } from './estimate.ts'
import type { Line } from './line.ts'
import { central } from './methods.ts'

const LEVELS = 10

/**
 * The slope at t = 0 by Richardson's extrapolation of central differences to h = 0, with Ridders' estimate of its
 * error: h is halved, each new column of the table
 *
 *     T₀ = D(h)    Tⱼ(h/2) = (4ʲ·Tⱼ₋₁(h/2) − Tⱼ₋₁(h)) / (4ʲ − 1)
 *
 * cancels another power of h², and the error is by how much an entry differs from the two that it is made of. Ends
 * where that grows again, since then rounding has the upper hand. The table cannot see how f itself is rounded: by up
 * to `line.noise`, which is added to the estimate, and below which nothing is to be gained.
 *
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function richardson(line: Line, h: number): Estimate {
  let best = unknown
  let above: number[] = []
  for (let level = 0; level < LEVELS; level++) {
    const step = h / 2 ** level
    const row = [central(line, step)]
    const rounding = (2 * line.noise) / step
    let difference = Infinity
    for (let j = 1; j <= level; j++) {
      row[j] = row[j - 1] + (row[j - 1] - above[j - 1]) / (4 ** j - 1)
      difference = Math.max(Math.abs(row[j] - row[j - 1]), Math.abs(row[j] - above[j - 1]))
      if (difference + rounding <= best.error) best = { value: row[j], error: difference + rounding }
    }
    if (level > 0 && best.error <= 2 * rounding) break
    if (level > 1 && Math.abs(row[level] - above[level - 1]) > 2 * best.error) break
    above = row
  }
  return best
}
