/** Reductions of all elements to a number, or along one axis to a tensor. */
import type { Reduction } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import { checkAxis, showShape, sizeOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { scale } from './arithmetic.ts'
import { type OutOption, resultIn } from './operand.ts'

/** Options of a reduction along one axis. */
export interface AxisOptions extends OutOption {
  /** The axis to reduce; −1 is the last. */
  axis: number
  /** Keep the axis with length 1, so that the result broadcasts against the argument. */
  keepDims?: boolean
}

/** The sum of all elements, or along one axis. An empty sum is 0. */
export function sum(x: Tensor): number
export function sum(x: Tensor, options: AxisOptions): Tensor
export function sum(x: Tensor, options?: AxisOptions): number | Tensor {
  return options ? alongAxis('sum', x, options) : ofAll('sum', x)
}

/** The arithmetic mean of all elements, or along one axis. Throws a `RangeError` if there are no elements. */
export function mean(x: Tensor): number
export function mean(x: Tensor, options: AxisOptions): Tensor
export function mean(x: Tensor, options?: AxisOptions): number | Tensor {
  if (!options) return ofAll('sum', nonEmpty('mean', x)) / x.size
  const total = alongAxis('sum', nonEmpty('mean', x), options)
  return scale(total, 1 / x.shape[checkAxis(options.axis, x.rank, 'mean')], { out: total })
}

/** The maximum of all elements, or along one axis; NaN if any of them is NaN. Throws a `RangeError` if there are no elements. */
export function max(x: Tensor): number
export function max(x: Tensor, options: AxisOptions): Tensor
export function max(x: Tensor, options?: AxisOptions): number | Tensor {
  return options ? alongAxis('max', nonEmpty('max', x), options) : ofAll('max', nonEmpty('max', x))
}

function alongAxis(reduction: Reduction, x: Tensor, { axis, keepDims = false, out }: AxisOptions): Tensor {
  const along = checkAxis(axis, x.rank, reduction)
  const [before, after] = [x.shape.slice(0, along), x.shape.slice(along + 1)]
  const result = resultIn(out, [...before, ...(keepDims ? [1] : []), ...after], x.dtype, reduction)
  const size = { outer: sizeOf(before), length: x.shape[along], inner: sizeOf(after) }
  backend().reduce(reduction, x.data, result.data, size)
  return result
}

/** Reduces in float64 whatever the dtype, since the result is a number. */
function ofAll(reduction: Reduction, x: Tensor): number {
  const result = new Float64Array(1)
  backend().reduce(reduction, x.astype('float64').data, result, { outer: 1, length: x.size, inner: 1 })
  return result[0]
}

function nonEmpty(operation: string, x: Tensor): Tensor {
  if (x.size > 0) return x
  throw new RangeError(`${operation}: a tensor of shape ${showShape(x.shape)} has no elements`)
}
