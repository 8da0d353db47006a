import type { PerturbedFunction } from './finite-differences.ts'

/** Measures the noise of a function, the irregular part of its values that rounding causes. */

/** A value is assumed to be off by at most this many standard deviations of the noise. */
const SAFETY_FACTOR = 12

/** If one spacing shows this much more noise than the other, a kink among its points is mistaken for noise. */
const KINK_RATIO = 1e3

/**
 * A bound of the noise of f, the irregular part of its values that rounding causes, on the noisier side of t = 0. It is
 * measured at two spacings, since points too close to each other may not show the rounding in between. If the two differ
 * very much, a kink lies among the points of the larger one, and the smaller one is right.
 */
export function noiseBound(f: PerturbedFunction, h: number, halvings: number): number {
  const oneSide = (sign: number): number => {
    const near = estimateNoise(f, (sign * h) / 2 ** (halvings / 2))
    const far = estimateNoise(f, (sign * h) / 2 ** (halvings / 3))
    const [less, more] = near < far ? [near, far] : [far, near]
    // NaN if f is not defined on this side: then only the other side counts.
    return (more <= KINK_RATIO * less ? more : less) || 0
  }
  return SAFETY_FACTOR * Math.max(oneSide(1), oneSide(-1))
}

const POINTS = 9
const DIFFERENCE_ORDER = 5

/**
 * Estimates the standard deviation of the noise of f from values at equal distances. Their differences of fifth order
 * contain nothing of a smooth f, only its noise:
 *
 *     σ² ≈ (j!)²/(2j)! · mean of (Δʲf)²,    j = 5
 *
 * The points lie on one side, at `spacing`, `2·spacing`, …, so that a kink at t = 0 does not disturb the estimate.
 *
 * Source: R. W. Hamming's difference table; J. J. Moré and S. M. Wild, Estimating computational noise, 2011.
 */
export function estimateNoise(f: PerturbedFunction, spacing: number): number {
  let differences = Array.from({ length: POINTS }, (_, k) => f.at((k + 1) * spacing))
  let gamma = 1
  for (let j = 1; j <= DIFFERENCE_ORDER; j++) {
    differences = differences.slice(1).map((value, k) => value - differences[k])
    gamma *= j / (2 * (2 * j - 1))
  }
  return Math.sqrt((gamma * differences.reduce((total, value) => total + value ** 2, 0)) / differences.length)
}
