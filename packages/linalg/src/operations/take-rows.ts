/** `takeRows`: gathers rows by index, such as a mini-batch. */
import { CsrMatrix, emptyCsrMatrix } from '../sparse/csr-matrix.ts'
import type { DType } from '../tensor/dtype.ts'
import { type Shape, sameShape, sizeOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { type OutOption, resultIn } from './operand.ts'

/**
 * Returns a copy of the rows with the given indices along the first axis, in that order, repeats included:
 * `x (N, …)` gives `(indices.length, …)`. Rows of a compressed matrix (see `compress`) are compressed as well.
 *
 * Throws a `RangeError` for an index outside, or if `x` is a scalar.
 */
export function takeRows(x: Tensor, indices: ArrayLike<number>, { out }: OutOption = {}): Tensor {
  if (x.rank === 0) throw new RangeError('takeRows: a scalar has no rows')
  const [count, ...rest] = x.shape
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(`takeRows: index ${index} at position ${i} lies outside of the ${count} rows`)
    }
  }
  const shape = [indices.length, ...rest]
  if (x instanceof CsrMatrix && (out === undefined || isCsrMatrixOf(shape, x.dtype, out))) {
    const result = out ?? emptyCsrMatrix(shape, x)
    result.assignRows(x, indices)
    return result
  }
  const result = resultIn(out, shape, x.dtype, 'takeRows')
  const { data } = x
  const rowSize = sizeOf(rest)
  for (let i = 0; i < indices.length; i++) {
    result.data.set(data.subarray(indices[i] * rowSize, (indices[i] + 1) * rowSize), i * rowSize)
  }
  return result
}

const isCsrMatrixOf = (shape: Shape, dtype: DType, out: Tensor): out is CsrMatrix =>
  out instanceof CsrMatrix && sameShape(out.shape, shape) && out.dtype === dtype
