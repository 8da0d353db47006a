import { type Estimate, together } from './estimate.ts'
import { extrapolated, type Point } from './extrapolated.ts'
import type { Line } from './line.ts'
import { fromSmallest, SPARED } from './narrowed.ts'
import { scatterOf } from './scatter.ts'

/** The slopes of f at a point, coming from either side; `both` where they are one, which is where f is smooth. */
export interface Slopes {
  readonly left: Estimate
  readonly right: Estimate
  readonly both?: Estimate
  /** Whether there is a kink within the reach of the steps, though perhaps not at the point itself. */
  readonly kinked: boolean
  /** What smaller steps say that contradicts `left` or `right`: slopes between the point and a kink very close to it. */
  readonly closer: readonly Estimate[]
}

/** The part of the slope up to which an estimate's error may go for it to be of use. */
const USEFUL = 1e-3

/**
 * The slopes at t = 0 from the left and from the right, each from steps `h, h/2, h/4, …` far down: three at a time give
 * an estimate by extrapolation, with its error. Small steps are nearest to the point, so the smallest that rounding leaves
 * of use go first; larger ones make the estimate finer as long as they agree with it, and where one does not, there is a
 * kink within its reach, and neither it nor a larger one counts. If left and right agree as well, f is smooth here.
 */
export function slopesOf(line: Line, h: number, levels: number): Slopes {
  const middle = line.at(0)
  const scatter = scatterOf(line, h, levels)
  const [up, down]: Point[][] = [[], []]
  for (let level = 0; level < levels; level++) {
    const step = h / 2 ** level
    for (const [side, t] of [
      [up, step],
      [down, -step],
    ] as const) {
      const slope = (line.at(t) - middle) / line.moved
      side.push({ slope, rounding: Math.max(scatter, line.latestNoise) / step })
    }
  }
  const useful = USEFUL * Math.max(Math.abs(up[0].slope) || 0, Math.abs(down[0].slope) || 0)
  const right = fromSmallest(extrapolated(up, 2), useful)
  const left = fromSmallest(extrapolated(down, 2), useful)
  const sides = together(left.estimate, right.estimate)
  const slopes = {
    left: left.estimate,
    right: right.estimate,
    closer: [...left.closer, ...right.closer],
    kinked: !sides || left.from > 0 || right.from > 0,
  }
  if (!sides) return slopes
  const middles = up.map(({ slope, rounding }, level) => ({
    slope: (slope + down[level].slope) / 2,
    rounding: Math.max(rounding, down[level].rounding),
  }))
  const smooth = extrapolated(middles, 4).slice(Math.max(left.from, right.from) + SPARED)
  const both = smooth.reduceRight((estimate, finer) => together(estimate, finer) ?? estimate, sides)
  return { ...slopes, both }
}
