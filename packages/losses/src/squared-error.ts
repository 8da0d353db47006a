import { sameShape, showShape, type Tensor } from '@gosa/linalg'

/**
 * `½ Σ (y − t)²` over all elements; a sum, not a mean, as in the book (section 4.2.1). Shapes must be equal, else a
 * `RangeError`; nothing is broadcast. Dtypes must be equal, else a `TypeError`.
 */
export const sumSquaredError = (y: Tensor, t: Tensor): number => totalSquares(y, t, 'sumSquaredError') / 2

/** `1/n Σ (y − t)²`, the mean over all n elements. Throws as `sumSquaredError`. */
export const meanSquaredError = (y: Tensor, t: Tensor): number =>
  totalSquares(y, t, 'meanSquaredError') / y.size

function totalSquares(y: Tensor, t: Tensor, what: string): number {
  if (!sameShape(y.shape, t.shape) || y.size === 0) {
    throw new RangeError(
      `${what}: shapes of y ${showShape(y.shape)} and t ${showShape(t.shape)} must be equal and not empty`,
    )
  }
  if (y.dtype !== t.dtype) {
    throw new TypeError(`${what}: y is ${y.dtype} and t ${t.dtype}: convert one with astype`)
  }
  let total = 0
  for (let i = 0; i < y.size; i++) total += (y.data[i] - t.data[i]) ** 2
  return total
}
