import type { OutOption } from './arithmetic.ts'
import { backend } from './backend.ts'
import { resultIn } from './operand.ts'
import type { Tensor } from './tensor.ts'

/**
 * The logarithms of the softmax along the last axis, `(x − m) − log Σ e^{x − m}` with m the largest element there, so
 * that nothing overflows and no digits are lost where m is large. `x (…, C)` gives the same shape; `out` may be `x`.
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
