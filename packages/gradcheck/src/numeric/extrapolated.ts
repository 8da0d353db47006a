import { type Estimate, unknown } from './estimate.ts'

/** A slope from a finite step, and by how much it is off where a value of f is off by its rounding. */
export interface Point {
  readonly slope: number
  readonly rounding: number
}

/**
 * From slopes whose error is a series in h (`base` 2) or h² (`base` 4), at steps that halve, one estimate for each three
 * that follow one another, the largest steps first.
 */
export function extrapolated(points: readonly Point[], base: 2 | 4): Estimate[] {
  return points.slice(2).map((_, level) => {
    const [d0, d1, d2] = points.slice(level, level + 3).map(({ slope }) => slope)
    const once = [d1 + (d1 - d0) / (base - 1), d2 + (d2 - d1) / (base - 1)]
    const twice = once[1] + (once[1] - once[0]) / (base ** 2 - 1)
    const rounding = Math.max(...points.slice(level, level + 3).map((point) => point.rounding))
    const error = Math.abs(twice - once[1]) + AMPLIFIED[base] * rounding
    return Number.isFinite(twice + error) ? { value: twice, error } : unknown
  })
}

/** How the formulas above multiply the rounding at the smallest of three steps, at most. */
const AMPLIFIED = { 2: 8, 4: 2 }
