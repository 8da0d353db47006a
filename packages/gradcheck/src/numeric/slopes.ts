import { type Estimate, together, unknown } from './estimate.ts'
import type { Line } from './line.ts'
import { measuredNoise } from './measured-noise.ts'

/** The slopes of f at a point, coming from either side; `both` where they are one, which is where f is smooth. */
export interface Slopes {
  readonly left: Estimate
  readonly right: Estimate
  readonly both?: Estimate
}

/** How many times the scatter of f a value may be off. */
const SAFETY = 12

/**
 * The slopes at t = 0 from the left and from the right, each from steps `h, h/2, h/4, …` far down: three at a time give
 * an estimate by extrapolation, with its error. Small steps see little but are nearest to the point, so they go first;
 * larger ones make the estimate finer as long as they agree with it, and where one does not, there is a kink within its
 * reach, and neither it nor a larger one counts. If left and right agree as well, f is smooth here.
 */
export function slopesOf(line: Line, h: number, levels: number): Slopes {
  const up: number[] = []
  const down: number[] = []
  const steps = Array.from({ length: levels }, (_, level) => h / 2 ** level)
  const middle = line.at(0)
  for (const step of steps) {
    up.push((line.at(step) - middle) / line.moved)
    down.push((line.at(-step) - middle) / line.moved)
  }
  const spacing = h / 2 ** (levels / 2)
  // The quieter side, since a kink among the points looks like noise.
  const scatter = Math.min(measuredNoise(line, spacing), measuredNoise(line, -spacing))
  const noise = Math.max(line.noise, SAFETY * scatter)
  const right = fromSmallest(extrapolated(up, steps, 2, noise))
  const left = fromSmallest(extrapolated(down, steps, 2, noise))
  const sides = together(left.estimate, right.estimate)
  if (!sides) return { left: left.estimate, right: right.estimate }
  const means = up.map((slope, level) => (slope + down[level]) / 2)
  const smoothFrom = Math.max(left.from, right.from)
  const middles = extrapolated(means, steps, 4, noise).slice(smoothFrom)
  const { estimate } = fromSmallest([...middles, sides])
  return { left: left.estimate, right: right.estimate, both: together(estimate, sides) ?? sides }
}

/**
 * From slopes whose error is a series in h (`base` 2) or h² (`base` 4), at steps that halve, one estimate for each three
 * that follow one another, the largest steps first.
 */
function extrapolated(slopes: number[], steps: number[], base: 2 | 4, noise: number): Estimate[] {
  return slopes.slice(2).map((_, level) => {
    const [d0, d1, d2] = slopes.slice(level, level + 3)
    const once = [d1 + (d1 - d0) / (base - 1), d2 + (d2 - d1) / (base - 1)]
    const twice = once[1] + (once[1] - once[0]) / (base ** 2 - 1)
    const error = Math.abs(twice - once[1]) + (ROUNDING[base] * noise) / steps[level]
    return Number.isFinite(twice + error) ? { value: twice, error } : unknown
  })
}

/** How the formulas above multiply an error of each value, in units of one over the largest of the three steps. */
const ROUNDING = { 2: 30, 4: 8 }

/** What the estimates say together, from the last one up to the first that contradicts; and where that was. */
function fromSmallest(estimates: readonly Estimate[]): { estimate: Estimate; from: number } {
  let estimate = unknown
  for (let level = estimates.length - 1; level >= 0; level--) {
    const finer = together(estimate, estimates[level])
    if (!finer) return { estimate, from: level + 1 }
    estimate = finer
  }
  return { estimate, from: 0 }
}
