import type { Line } from './line.ts'

const POINTS = 9
const ORDER = 5

/**
 * How much the values of f on this line scatter, as a standard deviation: from `n` values at equal distances, whose
 * differences of fifth order hold nothing of a smooth f any more, only what rounding did to it:
 *
 *     σ² ≈ (j!)²/(2j)! · mean of (Δʲf)²,    j = 5
 *
 * The points lie on one side, at δ, 2δ, …, so that a kink at the start itself does not disturb.
 *
 * Source: R. W. Hamming's difference table; J. J. Moré and S. M. Wild, Estimating computational noise, 2011.
 */
export function measuredNoise(line: Line, spacing: number): number {
  let values = Array.from({ length: POINTS }, (_, k) => line.at((k + 1) * spacing))
  let gamma = 1
  for (let j = 1; j <= ORDER; j++) {
    values = values.slice(1).map((value, k) => value - values[k])
    gamma *= j / (2 * (2 * j - 1))
  }
  return Math.sqrt((gamma * values.reduce((total, value) => total + value ** 2, 0)) / values.length)
}
