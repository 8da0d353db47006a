import type { DType } from './dtype.ts'
import { commonDtype, resultIn } from './operand.ts'
import { checkAxis, type Shape, sameShape, showShape, sizeOf } from './shape.ts'
import { emptySparse, SparseMatrix } from './sparse.ts'
import type { Tensor } from './tensor.ts'

/**
 * The rows with the given indices along the first axis, in that order, copied: `x (N, …)` gives
 * `(indices.length, …)`. This is how a mini-batch is gathered. Rows of a compressed matrix (see `compress`) are compressed
 * again. Throws a `RangeError` for an index outside.
 */
export function takeRows(x: Tensor, indices: ArrayLike<number>, { out }: { out?: Tensor } = {}): Tensor {
  if (x.rank === 0) throw new RangeError('takeRows: a scalar has no rows')
  const [count, ...rest] = x.shape
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(`takeRows: index ${index} at position ${i} lies outside of the ${count} rows`)
    }
  }
  const shape = [indices.length, ...rest]
  if (x instanceof SparseMatrix && (out === undefined || isLike(out, shape, x.dtype))) {
    const result = out ?? emptySparse(shape, x)
    result.assignRows(x, indices)
    return result
  }
  const result = resultIn(out, shape, x.dtype, 'takeRows')
  const { data } = x
  const step = sizeOf(rest)
  for (let i = 0; i < indices.length; i++) {
    result.data.set(data.subarray(indices[i] * step, (indices[i] + 1) * step), i * step)
  }
  return result
}

const isLike = (out: Tensor, shape: Shape, dtype: DType): out is SparseMatrix =>
  out instanceof SparseMatrix && sameShape(out.shape, shape) && out.dtype === dtype

/** Tensors joined along one axis (the first by default); all other lengths must be equal, else a `RangeError`. */
export function concat(tensors: readonly Tensor[], { axis = 0 }: { axis?: number } = {}): Tensor {
  const [first] = tensors
  if (!first) throw new RangeError('concat: give at least one tensor')
  const along = checkAxis(axis, first.rank, 'concat')
  const fits = (x: Tensor) =>
    x.rank === first.rank && x.shape.every((n, i) => i === along || n === first.shape[i])
  for (const x of tensors) {
    commonDtype('concat', first, x)
    if (!fits(x)) {
      throw new RangeError(
        `concat: shapes ${showShape(first.shape)} and ${showShape(x.shape)} must be equal but for axis ${along}`,
      )
    }
  }
  const total = tensors.reduce((length, x) => length + x.shape[along], 0)
  const result = resultIn(
    undefined,
    first.shape.map((n, i) => (i === along ? total : n)),
    first.dtype,
    'concat',
  )
  const outer = sizeOf(first.shape.slice(0, along))
  for (let o = 0, offset = 0; o < outer; o++) {
    for (const x of tensors) {
      const step = x.size / outer
      result.data.set(x.data.subarray(o * step, (o + 1) * step), offset)
      offset += step
    }
  }
  return result
}
