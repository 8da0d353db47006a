import { type Estimate, together, unknown } from './estimate.ts'
import type { Line } from './line.ts'
import { measuredNoise } from './measured-noise.ts'

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

/** How many times the scatter of f a value may be off. */
const SAFETY = 12

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

/**
 * How values scatter, on the noisier side. Measured at two distances, since points too near to each other may not show what
 * rounding does in between; where one says very much more than the other, there is a kink among its points, which looks
 * like noise, and the other is right.
 */
function scatterOf(line: Line, h: number, levels: number): number {
  const side = (sign: number): number => {
    const near = measuredNoise(line, (sign * h) / 2 ** (levels / 2))
    const far = measuredNoise(line, (sign * h) / 2 ** (levels / 3))
    const [less, more] = near < far ? [near, far] : [far, near]
    // Nothing is known of a side where f is not defined.
    return (more <= KINK_LIKE * less ? more : less) || 0
  }
  return SAFETY * Math.max(side(1), side(-1))
}

const KINK_LIKE = 1e3

/** A slope from a finite step, and by how much it is off where a value of f is off by its rounding. */
interface Point {
  readonly slope: number
  readonly rounding: number
}

/**
 * From slopes whose error is a series in h (`base` 2) or h² (`base` 4), at steps that halve, one estimate for each three
 * that follow one another, the largest steps first.
 */
function extrapolated(points: readonly Point[], base: 2 | 4): Estimate[] {
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

/** What the estimates of one side come to. */
interface Side {
  readonly estimate: Estimate
  /** The largest step that counts, by its place; 0 if all do. */
  readonly from: number
  readonly closer: readonly Estimate[]
}

/**
 * What estimates at small and larger steps say together (the largest come first): from the smallest two of use that agree
 * with each other, or from the smallest of all, where there are none.
 */
function fromSmallest(estimates: readonly Estimate[], useful: number): Side {
  let start = estimates.length - 1
  for (let level = start; level > 0; level--) {
    const [one, next] = [estimates[level], estimates[level - 1]]
    if (one.error <= useful && next.error <= useful && together(one, next)) {
      start = level
      break
    }
  }
  const side = narrowed(estimates, start)
  return { ...side, closer: estimates.slice(start + 1).filter((one) => !together(one, side.estimate)) }
}

/**
 * What the estimates say together, from the given one up to the first that contradicts; and where that was. The last two
 * do not count: a kink that has just come within reach spoils them by less than shows.
 */
function narrowed(estimates: readonly Estimate[], start: number): { estimate: Estimate; from: number } {
  const finer = [unknown]
  let level = start
  for (; level >= 0; level--) {
    const next = together(finer[finer.length - 1], estimates[level])
    if (!next) break
    finer.push(next)
  }
  const spared = Math.max(0, Math.min(SPARED, finer.length - 2))
  return { estimate: finer[finer.length - 1 - spared], from: level + 1 }
}

const SPARED = 2
