import { checkFunction, checkNumber, checkOptions, showValue } from '@gosa/linalg/options'
import { combine, type DerivativeEstimate, UNKNOWN } from './estimate.ts'
import { magnitudeForStep, perturbNumber, stepSize } from './finite-differences.ts'
import { oneSidedDerivatives } from './one-sided.ts'
import { richardson } from './richardson.ts'

/** The public function `derivative`. */

/** How often the step is halved in search of the distance over which f is smooth. */
const HALVINGS = 44

/**
 * The derivative of a function of one number with a bound of its error, `{ value, error }`: Richardson's extrapolation of
 * central differences, confirmed by steps of all scales from both sides, since f may vary over a much smaller distance than the
 * first step. `h` is the first and largest step, by default in proportion to x. At a kink the error spans the derivatives of both
 * sides; at a jump the value is NaN and the error infinite.
 *
 * Throws a `RangeError` if the step is not a positive number.
 *
 * Source: C. J. F. Ridders, Accurate computation of F′(x) and F′(x)F″(x), 1982.
 */
export function derivative(
  f: (x: number) => number,
  x: number,
  options?: { h?: number },
): DerivativeEstimate {
  checkFunction('derivative', 'f', f)
  checkNumber('derivative', 'x', x)
  const { h } = checkOptions('derivative', options, ['h'])
  if (h !== undefined && !(Number.isFinite(h) && h > 0)) {
    throw new RangeError(`derivative: the step h must be a positive number, not ${showValue(h)}`)
  }
  const perturbed = perturbNumber(f, x)
  const step = h ?? stepSize('richardson', magnitudeForStep(x), Number.EPSILON)
  const { left, right, twoSided, isJump, noise } = oneSidedDerivatives(perturbed, step, HALVINGS)
  if (isJump) return UNKNOWN
  if (!twoSided) {
    const low = Math.min(left.value - left.error, right.value - right.error)
    const high = Math.max(left.value + left.error, right.value + right.error)
    return { value: (low + high) / 2, error: (high - low) / 2 }
  }
  const quick = richardson(perturbed, step, noise)
  const agreed = twoSided.error < Infinity ? combine(quick, twoSided) : undefined
  if (!agreed) return twoSided
  return quick.error <= twoSided.error ? quick : agreed
}
