/** `concat` and `stack`: several tensors joined into one. */
import { checkAxis, sameShape, showShape, sizeOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, commonDtype, type OutOption, resultIn } from './operand.ts'

/** Options of `concat` and `stack`. */
export interface JoinOptions extends OutOption {
  /** The axis along which tensors are joined, the first by default; negative axes count from the end. */
  axis?: number
}

/**
 * Returns the tensors joined along an axis that they have: (2, 3) and (4, 3) give (6, 3).
 *
 * Throws a `RangeError` if no tensor is given, if shapes differ along another axis, or if `out` shares elements with a
 * tensor; a `TypeError` for mixed dtypes.
 */
export function concat(tensors: readonly Tensor[], { axis = 0, out }: JoinOptions = {}): Tensor {
  const first = firstOf(tensors, 'concat')
  const along = checkAxis(axis, first.rank, 'concat')
  for (const x of tensors) {
    const fits =
      x.rank === first.rank && x.shape.every((length, i) => i === along || length === first.shape[i])
    if (!fits) {
      throw new RangeError(
        `concat: shapes ${showShape(first.shape)} and ${showShape(x.shape)} must be equal except along axis ${along}`,
      )
    }
  }
  const total = tensors.reduce((length, x) => length + x.shape[along], 0)
  const shape = first.shape.map((length, i) => (i === along ? total : length))
  return join(tensors, resultIn(out, shape, first.dtype, 'concat'), sizeOf(shape.slice(0, along)), 'concat')
}

/**
 * Returns the tensors joined along a new axis, which stands at position `axis` of the result: n tensors of shape (3)
 * give (n, 3), with `axis: 1` or `axis: -1` (3, n).
 *
 * Throws a `RangeError` if no tensor is given, if shapes differ, or if `out` shares elements with a tensor; a `TypeError`
 * for mixed dtypes.
 */
export function stack(tensors: readonly Tensor[], { axis = 0, out }: JoinOptions = {}): Tensor {
  const first = firstOf(tensors, 'stack')
  const along = checkAxis(axis, first.rank + 1, 'stack')
  for (const x of tensors) {
    if (!sameShape(x.shape, first.shape)) {
      throw new RangeError(`stack: shapes ${showShape(first.shape)} and ${showShape(x.shape)} must be equal`)
    }
  }
  const shape = [...first.shape.slice(0, along), tensors.length, ...first.shape.slice(along)]
  return join(tensors, resultIn(out, shape, first.dtype, 'stack'), sizeOf(shape.slice(0, along)), 'stack')
}

/** Returns the first tensor. Throws if there is none, or if another one has another dtype. */
function firstOf(tensors: readonly Tensor[], operation: string): Tensor {
  const [first] = tensors
  if (!first) throw new RangeError(`${operation}: give at least one tensor`)
  for (const x of tensors) commonDtype(operation, first, x)
  return first
}

/** Copies for each of the `outer` indices before the joined axis the elements of all tensors, one after the other. */
function join(tensors: readonly Tensor[], result: Tensor, outer: number, operation: string): Tensor {
  if (result.size === 0) return result
  for (const x of tensors) checkNoOverlap(operation, result, x)
  const sources = tensors.map((x) => x.data)
  for (let o = 0, offset = 0; o < outer; o++) {
    for (const source of sources) {
      const length = source.length / outer
      result.data.set(source.subarray(o * length, (o + 1) * length), offset)
      offset += length
    }
  }
  return result
}
