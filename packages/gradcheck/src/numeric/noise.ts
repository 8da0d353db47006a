import type { PerturbedFunction } from './finite-differences.ts'
import { rootMeanSquare } from './magnitude.ts'

/** Measures the noise of a function: the irregular part of its values that rounding causes. */

/** A value is assumed to be off by at most this many standard deviations of the noise. */
const SAFETY_FACTOR = 12

/** Binary digits between the spacings that are tried, from the finest on. */
const BITS_BETWEEN_SPACINGS = 4
/**
 * A bound of the noise of f on the noisier side of t = 0. The points of each side are as close to 0 as the values allow that
 * differ at all: f may vary over a much smaller distance than h. Of three spacings the median counts, since a kink among the
 * points of one looks like noise.
 */
export function noiseBound(f: PerturbedFunction, h: number, halvings: number): number {
  const finest = h / 2 ** (halvings - BITS_BETWEEN_SPACINGS)
  const count = Math.floor((2 * halvings) / 3 / BITS_BETWEEN_SPACINGS)
  const oneSide = (sign: number): number => {
    const at = (spacing: number) => (k: number) => f.at(sign * (k + 1) * spacing)
    for (let i = 0; i < count; i++) {
      const spacing = finest * 2 ** (i * BITS_BETWEEN_SPACINGS)
      // Most often a flat side is constant: then two points tell.
      if (at(spacing)(0) === at(spacing)(POINTS - 1)) continue
      const nearest = valuesAt(at(spacing))
      if (isFlat(nearest)) continue
      const wider = [1, 2].map((j) => valuesAt(at(spacing * 2 ** (j * BITS_BETWEEN_SPACINGS))))
      // NaN if f is not defined on this side: then only the other side counts.
      return medianOf([nearest, ...wider].map(noiseOf)) || 0
    }
    return 0
  }
  return SAFETY_FACTOR * Math.max(oneSide(1), oneSide(-1))
}

/** The median of an odd number of numbers. */
export const medianOf = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)]

const POINTS = 9

/** The values at nine equally spaced points. */
export const valuesAt = (at: (k: number) => number): number[] =>
  Array.from({ length: POINTS }, (_, k) => at(k))

/** Whether most neighbouring values are equal: the points are closer to each other than f tells apart. */
export const isFlat = (values: readonly number[]): boolean =>
  values.slice(1).filter((value, i) => value === values[i]).length >= (values.length - 1) / 2

const [LOWEST_ORDER, HIGHEST_ORDER] = [3, 5]

/**
 * Estimates the standard deviation of the noise in values at equal distances. Their differences of fifth order contain
 * nothing of a smooth function, only its noise:
 *
 *     σ² ≈ (j!)²/(2j)! · mean of (Δʲf)²,    j = 5
 *
 * Source: R. W. Hamming's difference table; J. J. Moré and S. M. Wild, Estimating computational noise, 2011.
 */
export const noiseOf = (values: readonly number[]): number =>
  noiseByOrder(values)[HIGHEST_ORDER - LOWEST_ORDER]

/** In noise, the estimates of all orders differ by less than this factor; in a smooth function they shrink. */
const MAX_RATIO_OF_ORDERS = 4

/** Whether differences of all orders show the same noise, so that no part of it is the course of the function. */
export function isPureNoise(values: readonly number[]): boolean {
  const deviations = noiseByOrder(values)
  return Math.max(...deviations) <= MAX_RATIO_OF_ORDERS * Math.min(...deviations)
}

/** The estimates by differences of orders 3 to 5. */
function noiseByOrder(values: readonly number[]): number[] {
  const deviations: number[] = []
  let [differences, gamma] = [values, 1]
  for (let j = 1; j <= HIGHEST_ORDER; j++) {
    differences = differences.slice(1).map((value, k) => value - differences[k])
    gamma *= j / (2 * (2 * j - 1))
    if (j >= LOWEST_ORDER) deviations.push(Math.sqrt(gamma) * rootMeanSquare(differences))
  }
  return deviations
}
