/** Squared errors of outputs y and targets t, as numbers. */
import { sameShape, showShape, type Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'

/**
 * Returns `½ Σ (y − t)²` over all elements, a sum, not a mean. Nothing is broadcast: throws a `RangeError` if the shapes
 * differ, a `TypeError` if the dtypes differ.
 *
 * Source: Deep Learning from Scratch, section 4.2.1.
 */
export const sumSquaredError = (y: Tensor, t: Tensor): number => sumOfSquares(y, t, 'sumSquaredError') / 2

/** Returns `1/n Σ (y − t)²`, the mean over all n elements. Throws as `sumSquaredError`. */
export const meanSquaredError = (y: Tensor, t: Tensor): number => meanSquaredErrorOf(y, t, 'meanSquaredError')

/** `meanSquaredError` with errors that begin with `what`. */
export const meanSquaredErrorOf = (y: Tensor, t: Tensor, what: string): number =>
  sumOfSquares(y, t, what) / y.size

function sumOfSquares(y: Tensor, t: Tensor, what: string): number {
  checkSameShape(y, t, what)
  let total = 0
  for (let i = 0; i < y.size; i++) total += (y.data[i] - t.data[i]) ** 2
  return total
}

/** Throws a `RangeError` unless y and t have one shape that is not empty, a `TypeError` unless they have one dtype. */
export function checkSameShape(y: Tensor, t: Tensor, what: string): void {
  checkTensor(what, 'y', y)
  checkTensor(what, 't', t)
  if (!sameShape(y.shape, t.shape) || y.size === 0) {
    const hint = y.size === t.size && y.size > 0 ? `; t.reshape([${y.shape}]) has that of y` : ''
    throw new RangeError(
      `${what}: shapes of y ${showShape(y.shape)} and t ${showShape(t.shape)} must be equal and not empty${hint}`,
    )
  }
  if (y.dtype !== t.dtype) {
    throw new TypeError(`${what}: y is ${y.dtype} and t ${t.dtype}: convert one with astype`)
  }
}
