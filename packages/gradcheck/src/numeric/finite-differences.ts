import type { DType, Tensor } from '@gosa/linalg'
import { assumeFinite } from '@gosa/linalg/kernels'

/**
 * Finite differences: how an argument is perturbed, by which step, and the difference formulas.
 */

/** How a derivative is approximated. */
export type NumericalMethod = 'central' | 'five-point' | 'richardson'

/** A function of one number t: the value of some f with its argument perturbed by t along a straight line. */
export interface PerturbedFunction {
  /** Returns f at the perturbation t. */
  at(t: number): number
  /** The perturbation that the latest call applied: t, up to the rounding of the perturbed numbers. */
  readonly appliedStep: number
  /** Bound of the rounding error of the values so far; 0 if unknown. */
  readonly maxRoundingError: number
  /** Bound of the rounding error of the latest value; 0 if unknown. */
  readonly roundingError: number
}

/** Values below this may come from numbers so small that they have lost their digits. */
const UNDERFLOW = 1e-300

/** Perturbs a function of one number at x. Its rounding error is that of a value that is rounded once. */
export function perturbNumber(f: (x: number) => number, x: number): PerturbedFunction {
  let [applied, roundingError, maxRoundingError] = [0, 0, 0]
  return {
    at(t) {
      applied = x + t - x
      const value = f(x + t)
      roundingError = Number.EPSILON * Math.max(Math.abs(value), UNDERFLOW) || 0
      maxRoundingError = Math.max(maxRoundingError, roundingError)
      return value
    },
    get appliedStep() {
      return applied
    },
    get maxRoundingError() {
      return maxRoundingError
    },
    get roundingError() {
      return roundingError
    },
  }
}

/** Perturbs entry `i` of `x` in place. The caller restores the entry, for example by `withRestoredEntry`. */
export function perturbEntry(f: (x: Tensor) => number, x: Tensor, i: number): PerturbedFunction {
  const { data } = x
  const start = data[i]
  let applied = 0
  return {
    at(t) {
      data[i] = start + t
      // Read back, since the sum is rounded, in float32 by much.
      applied = data[i] - start
      return f(x)
    },
    get appliedStep() {
      return applied
    },
    maxRoundingError: 0,
    roundingError: 0,
  }
}

/** Runs `compute` and restores entry `i` of `x` bit for bit, also if `compute` throws. */
export function withRestoredEntry<T>(x: Tensor, i: number, compute: () => T): T {
  const { data } = x
  const start = data[i]
  try {
    return compute()
  } finally {
    data[i] = start
  }
}

/** Numbers below this limit stay finite under any perturbation by a step below it. */
const MAX_SURELY_FINITE = 1e100

/**
 * Runs `compute`, which perturbs entries of `x` by about `h`. If the entries surely stay finite, products with `x` do not
 * scan it for NaN and infinities.
 */
export function assumingFinitePerturbations<T>(x: Tensor, compute: () => T, h = 0): T {
  const staysFinite = h < MAX_SURELY_FINITE && x.data.every((value) => Math.abs(value) < MAX_SURELY_FINITE)
  return staysFinite ? assumeFinite(x, compute) : compute()
}

/** The machine epsilon, the distance from 1 to the next number: 2⁻⁵² or 2⁻²³. */
export const machineEpsilon = (dtype: DType): number => (dtype === 'float32' ? 2 ** -23 : Number.EPSILON)

/** The largest rounding error at which extrapolation begins with small steps. */
const MAX_FINE_EPSILON = 2 ** -40

/**
 * Returns the step h for an entry of the given magnitude and the relative rounding error ε of f, the machine epsilon of its
 * dtype unless it computes with less. The step minimises the sum of the rounding error of the difference, `ε/h`, and the
 * truncation error of the formula, a multiple of `hᵖ`: `h = ε^(1/(p+1))` in proportion to the magnitude, rounded to a
 * power of 2, so that adding h rounds little. Richardson's extrapolation starts with a large step and finds its own.
 */
export function stepSize(method: NumericalMethod, magnitude: number, epsilon: number): number {
  if (method === 'richardson') return nearestPowerOf2(magnitude / (epsilon > MAX_FINE_EPSILON ? 8 : 64))
  return nearestPowerOf2(magnitude * epsilon ** (method === 'central' ? 1 / 3 : 1 / 5))
}

/** The golden ratio: its multiples modulo 1 are spread evenly and never repeat. */
const GOLDEN_RATIO = (1 + Math.sqrt(5)) / 2

/**
 * A factor between 1 and 9/8 for the steps of the k-th perturbation. Steps that are powers of 2 span whole stairs of a
 * function such as `round(128·x) / 128`, which then looks like a straight line.
 */
export const incommensurateFactor = (k: number): number => 1 + (((k + 1) * GOLDEN_RATIO) % 1) / 8

/** The magnitude to which the step of a single number is proportional: its absolute value, at least 1. */
export const magnitudeForStep = (value: number): number => Math.max(1, Math.abs(value))

const nearestPowerOf2 = (size: number): number => 2 ** Math.round(Math.log2(size))

/**
 * The derivative at t = 0 by the central difference, with a truncation error of order h²:
 *
 *     (f(h) − f(−h)) / 2h
 */
export function centralDifference(f: PerturbedFunction, h: number): number {
  const up = f.at(h)
  const right = f.appliedStep
  const down = f.at(-h)
  return (up - down) / (right - f.appliedStep)
}

/**
 * The derivative at t = 0 by the five-point formula, with a truncation error of order h⁴:
 *
 *     (f(−2h) − 8·f(−h) + 8·f(h) − f(2h)) / 12h
 */
export const fivePointDifference = (f: PerturbedFunction, h: number): number =>
  (4 * centralDifference(f, h) - centralDifference(f, 2 * h)) / 3
