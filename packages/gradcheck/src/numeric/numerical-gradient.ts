import { Tensor } from '@gosa/linalg'
import { isCompressed } from '@gosa/linalg/kernels'
import { checkFunction, checkOptions, showValue } from '@gosa/linalg/options'
import {
  assumingFinitePerturbations,
  centralDifference,
  fivePointDifference,
  machineEpsilon,
  magnitudeForStep,
  type NumericalMethod,
  type PerturbedFunction,
  perturbEntry,
  stepSize,
  withRestoredEntry,
} from './finite-differences.ts'
import { richardson } from './richardson.ts'

/** The numerical gradient of a function of a tensor. */

/** Options of `numericalGradient`. */
export interface NumericalGradientOptions {
  /** The step for every entry (the book: 1e-4); by default chosen by dtype, method and the magnitude of the entry. */
  h?: number
  /** `'central'` by default. */
  method?: NumericalMethod
}

/**
 * The gradient of `f` at `x` by finite differences, entry by entry, in the shape and dtype of `x`:
 *
 *     ∂f/∂xᵢ ≈ (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h
 *
 * Perturbs `x` in place, one entry at a time, and restores it bit for bit, also if `f` throws. So `f` may either read its
 * argument or close over the owner of `x`, as in `numericalGradient(() => net.loss(x, t), W1)`.
 *
 * The default step is in proportion to each entry of `x`, at least to 1. It cannot know over which distance `f` varies: where that
 * is much smaller, as for `sin` at 1e6, pass `h`, or use `derivative`, which finds it and states its error.
 *
 * Throws a `TypeError` if `x` is not a tensor or is compressed, a `RangeError` if the step is not a positive number.
 *
 * Source: Deep Learning from Scratch, section 4.4.
 */
export function numericalGradient(
  f: (x: Tensor) => number,
  x: Tensor,
  options?: NumericalGradientOptions,
): Tensor {
  checkFunction('numericalGradient', 'f', f)
  const { h, method = 'central' } = checkOptions('numericalGradient', options, ['h', 'method'])
  checkArgument(x)
  if (h !== undefined && !(Number.isFinite(h) && h > 0)) {
    throw new RangeError(`numericalGradient: the step h must be a positive number, not ${showValue(h)}`)
  }
  const formula = differenceFormula(method)
  const gradient = x.clone()
  const derivativeAt = (i: number) =>
    formula(
      perturbEntry(f, x, i),
      h ?? stepSize(method, magnitudeForStep(x.data[i]), machineEpsilon(x.dtype)),
    )
  const fill = () => {
    for (let i = 0; i < x.size; i++) gradient.data[i] = withRestoredEntry(x, i, () => derivativeAt(i))
  }
  assumingFinitePerturbations(x, fill, h)
  return gradient
}

/** Returns the difference formula of a method. Throws a `RangeError` if the method does not exist. */
export function differenceFormula(
  method: NumericalMethod,
  caller = 'numericalGradient',
): (f: PerturbedFunction, h: number) => number {
  if (method === 'central') return centralDifference
  if (method === 'five-point') return fivePointDifference
  if (method === 'richardson') return (f, h) => richardson(f, h).value
  throw new RangeError(
    `${caller}: method ${showValue(method)} does not exist: use 'central', 'five-point' or 'richardson'`,
  )
}

function checkArgument(x: Tensor): void {
  if (!(x instanceof Tensor)) {
    throw new TypeError(
      'numericalGradient: x must be a Tensor, since an array of integers cannot hold x + h: make one with tensor(…)',
    )
  }
  if (isCompressed(x)) {
    throw new TypeError(
      'numericalGradient: x is compressed, so its entries cannot be changed: pass x.clone()',
    )
  }
}
