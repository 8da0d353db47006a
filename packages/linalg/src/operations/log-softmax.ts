/** `logSoftmax`: one kernel for what would otherwise be five operations. */
import { backend } from '../kernels/registry.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { type OutOption, resultIn } from './operand.ts'

/**
 * Returns the logarithm of the softmax along the last axis, `(x − m) − log Σ e^{x − m}` with m the maximum along that
 * axis, so that nothing overflows and no digits are lost if m is large. `x (…, C)` gives the same shape; `out` may be `x`.
 *
 * An element −∞ gives −∞, probability 0. Where the maximum is NaN or infinite, the whole row is NaN: no probabilities fit
 * +∞, or nothing but −∞.
 *
 * Throws a `RangeError` for a scalar.
 */
export function logSoftmax(x: Tensor, { out }: OutOption = {}): Tensor {
  if (x.rank === 0) throw new RangeError('logSoftmax: a scalar has no classes; give (N, C), or (C)')
  const result = resultIn(out, x.shape, x.dtype, 'logSoftmax')
  const columns = x.shape[x.rank - 1]
  const rows = columns === 0 ? 0 : x.size / columns
  backend().logSoftmax(x.data, result.data, { rows, columns })
  return result
}
