/** The checks of gamma and beta, which the normalization layers share. */
import { sameShape, showShape, type Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'

/** Throws a `RangeError` unless shapes agree and `epsilon > 0`, a `TypeError` unless dtypes agree. */
export function checkScaleAndShift(gamma: Tensor, beta: Tensor, epsilon: number, layer: string): void {
  checkTensor(layer, 'gamma', gamma)
  checkTensor(layer, 'beta', beta)
  if (!sameShape(gamma.shape, beta.shape) || gamma.rank === 0 || gamma.size === 0) {
    throw new RangeError(
      `${layer}: gamma ${showShape(gamma.shape)} and beta ${showShape(beta.shape)} must have one shape, with at least one element`,
    )
  }
  if (gamma.dtype !== beta.dtype) {
    throw new TypeError(`${layer}: gamma is ${gamma.dtype} and beta ${beta.dtype}: convert one with astype`)
  }
  if (!(epsilon > 0 && epsilon < Infinity)) {
    throw new RangeError(`${layer}: epsilon must be a positive number, not ${epsilon}`)
  }
}
