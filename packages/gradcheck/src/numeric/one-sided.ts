import { combine, type DerivativeEstimate, UNKNOWN } from './estimate.ts'
import type { PerturbedFunction } from './finite-differences.ts'
import { maxAbs } from './magnitude.ts'
import { noiseBound } from './noise.ts'

/** One-sided derivatives, which tell a kink from a smooth point. */

/** The derivatives of f at a point from the left and from the right. They differ at a kink. */
export interface OneSidedDerivatives {
  readonly left: DerivativeEstimate
  readonly right: DerivativeEstimate
  /** The derivative; undefined if left and right contradict each other, which means that the point is a kink. */
  readonly twoSided?: DerivativeEstimate
  /** Whether a kink lies within the reach of the steps, though not necessarily at the point itself. */
  readonly hasKinkInReach: boolean
  /** Whether f jumps at the point; the derivatives are then those of the two branches. */
  readonly isJump: boolean
  /** Estimates from smaller steps that contradict `left` or `right`: derivatives between the point and a kink close by. */
  readonly besideKink: readonly DerivativeEstimate[]
  /** The measured bound of the noise of f, see `noiseBound`. */
  readonly noise: number
}

/** An estimate whose error exceeds this part of the derivative is not used as a starting point. */
const MAX_USEFUL_RELATIVE_ERROR = 1e-3

/**
 * The one-sided derivatives at t = 0. Each side is computed from steps `h, h/2, h/4, …`: each three consecutive difference
 * quotients are extrapolated to an estimate with an error. The smallest steps are closest to the point, so the smallest
 * step that rounding leaves useful comes first. Larger steps narrow the estimate as long as they agree with it. The first
 * that disagrees has a kink in its reach: it and all larger ones are left out. If the left and the right derivative agree
 * as well, f is smooth at the point. Beside a jump the derivatives are those of the two branches.
 */
export function oneSidedDerivatives(f: PerturbedFunction, h: number, halvings: number): OneSidedDerivatives {
  const center = f.at(0)
  const centerRounding = f.roundingError
  const noise = noiseBound(f, h, halvings)
  const [upper, lower]: Change[][] = [[], []]
  for (let level = 0; level < halvings; level++) {
    const step = h / 2 ** level
    for (const [side, t] of [
      [upper, step],
      [lower, -step],
    ] as const) {
      const value = f.at(t) - center
      side.push({
        value,
        step: f.appliedStep,
        roundingError: Math.max(noise, centerRounding, f.roundingError),
      })
    }
  }
  const [up, down] = [upper, lower].map(differenceQuotients)
  const maxUsefulError = MAX_USEFUL_RELATIVE_ERROR * Math.max(largestQuotient(up), largestQuotient(down))
  const right = combineFromSmallestStep(extrapolate(up, 2), maxUsefulError)
  const left = combineFromSmallestStep(extrapolate(down, 2), maxUsefulError)
  const bothSides = combine(left.estimate, right.estimate)
  const derivatives = {
    noise,
    left: left.estimate,
    isJump: hasJump(upper) || hasJump(lower),
    right: right.estimate,
    besideKink: [...left.contradicting, ...right.contradicting],
    hasKinkInReach: !bothSides || left.largestUsed > 0 || right.largestUsed > 0,
  }
  if (!bothSides) return derivatives
  if (derivatives.isJump) return { ...derivatives, hasKinkInReach: true, twoSided: bothSides }
  const central = up.map(({ value, roundingError }, level) => ({
    value: (value + down[level].value) / 2,
    roundingError: Math.max(roundingError, down[level].roundingError),
  }))
  const usable = extrapolate(central, 4).slice(
    Math.max(left.largestUsed, right.largestUsed) + SUSPECT_BEFORE_CONTRADICTION,
  )
  const twoSided = usable.reduceRight((estimate, finer) => combine(estimate, finer) ?? estimate, bothSides)
  return { ...derivatives, twoSided }
}

/** How much f changes by a step, and a bound of the error that comes from the rounding of f. */
interface Change {
  readonly value: number
  readonly step: number
  readonly roundingError: number
}

/** Over this many halvings the change of a function with a derivative shrinks to a small part; that of a jump stays. */
const LEVELS_TO_TELL_A_JUMP = 8
const MIN_REMAINING_PART = 0.5

/** Whether f jumps at t = 0: the change does not vanish with the step. */
function hasJump(changes: readonly Change[]): boolean {
  const last = changes[changes.length - 1]
  const largest = maxAbs(changes.slice(-1 - LEVELS_TO_TELL_A_JUMP).map(({ value }) => value))
  return Math.abs(last.value) > Math.max(4 * last.roundingError, MIN_REMAINING_PART * largest)
}

/** The difference quotients of one side; beside a jump those between neighbouring steps, which leave out the value at 0. */
function differenceQuotients(changes: readonly Change[]): DifferenceQuotient[] {
  if (!hasJump(changes)) {
    return changes.map(({ value, step, roundingError }) => ({
      value: value / step,
      roundingError: roundingError / Math.abs(step),
    }))
  }
  return changes.slice(1).map((next, level) => {
    const { value, step, roundingError } = changes[level]
    return {
      value: (value - next.value) / (step - next.step),
      roundingError: (roundingError + next.roundingError) / Math.abs(step - next.step),
    }
  })
}

/** The largest quotient that is more than rounding: that of a larger step tells nothing where f varies over a small distance. */
const largestQuotient = (quotients: readonly DifferenceQuotient[]): number =>
  quotients.reduce((largest, { value, roundingError }, level) => {
    const size = Math.abs(value) || 0
    const isClear = level === 0 || roundingError <= MAX_USEFUL_RELATIVE_ERROR * size
    return isClear ? Math.max(largest, size) : largest
  }, 0)

/** A difference quotient and the bound of its error that comes from the rounding of f. */
interface DifferenceQuotient {
  readonly value: number
  readonly roundingError: number
}

/** The largest factor by which the extrapolation of three quotients multiplies the rounding error at the smallest step. */
const ROUNDING_AMPLIFICATION = { 2: 8, 4: 2 }

/**
 * Extrapolates difference quotients to step 0: one estimate for each three consecutive ones, the largest steps first. Each
 * step is half of the one before; the error is a series in h (`base` 2) or in h² (`base` 4). Two extrapolations may coincide by
 * chance, so the truncation error is at least what the next smaller step predicts, `base²` times its own; that of the smallest
 * step is at least a part, `base⁻³`, of that of the step before.
 */
function extrapolate(quotients: readonly DifferenceQuotient[], base: 2 | 4): DerivativeEstimate[] {
  const extrapolated = quotients.slice(2).map((_, level) => {
    const [d0, d1, d2] = quotients.slice(level, level + 3).map(({ value }) => value)
    const once = [d1 + (d1 - d0) / (base - 1), d2 + (d2 - d1) / (base - 1)]
    const value = once[1] + (once[1] - once[0]) / (base ** 2 - 1)
    const largest = Math.max(...quotients.slice(level, level + 3).map(({ roundingError }) => roundingError))
    const rounding = ROUNDING_AMPLIFICATION[base] * largest
    const change = Math.abs(value - once[1])
    return { value, change, rounding, truncation: Math.max(0, change - rounding) || 0 }
  })
  return extrapolated.map(({ value, change, rounding }, level) => {
    const smaller = extrapolated[level + 1]
    const predicted = smaller
      ? base ** 2 * smaller.truncation
      : (extrapolated[level - 1]?.truncation ?? 0) / base ** 3
    const error = Math.max(change, predicted) + rounding
    return Number.isFinite(value + error) ? { value, error } : UNKNOWN
  })
}

/** What the estimates of one side amount to. */
interface OneSidedEstimate {
  readonly estimate: DerivativeEstimate
  /** Position of the largest step used, counted from the largest of all; 0 if all are used. */
  readonly largestUsed: number
  /** Estimates from smaller steps that contradict `estimate`. */
  readonly contradicting: readonly DerivativeEstimate[]
}

/**
 * Combines estimates of which the largest step comes first. Starts with the smallest two that are useful and agree with
 * each other, or with the smallest one if there is no such pair.
 */
function combineFromSmallestStep(
  estimates: readonly DerivativeEstimate[],
  maxUsefulError: number,
): OneSidedEstimate {
  let start = estimates.length - 1
  for (let level = start; level > 0; level--) {
    const [one, next] = [estimates[level], estimates[level - 1]]
    if (one.error <= maxUsefulError && next.error <= maxUsefulError && combine(one, next)) {
      start = level
      break
    }
  }
  const combined = combineUpwards(estimates, start)
  const contradicting = estimates.slice(start + 1).filter((one) => !combine(one, combined.estimate))
  return { ...combined, contradicting }
}

/**
 * The last estimates before a contradiction are left out as well: a kink that has only just come into reach distorts them
 * by less than their errors show.
 */
const SUSPECT_BEFORE_CONTRADICTION = 2

/** Combines the estimates from `start` towards larger steps until one contradicts, and says where that was. */
function combineUpwards(
  estimates: readonly DerivativeEstimate[],
  start: number,
): { estimate: DerivativeEstimate; largestUsed: number } {
  const combined = [UNKNOWN]
  let level = start
  for (; level >= 0; level--) {
    const next = combine(combined[combined.length - 1], estimates[level])
    if (!next) break
    combined.push(next)
  }
  const leftOut = Math.max(0, Math.min(SUSPECT_BEFORE_CONTRADICTION, combined.length - 2))
  return { estimate: combined[combined.length - 1 - leftOut], largestUsed: level + 1 }
}
