/** What is computed along an axis or of all elements: `sum`, `mean`, `max`, `argmax`, `argsort`, `logSoftmax`. */
import { checkOptions } from '../check-options.ts'
import type { Reduction } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import { checkAxis, type FloatArray, showShape, sizeOf } from '../tensor/shape.ts'
import { checkTensor, type Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, checkSameOrNoOverlap, OUT, type OutOption, resultIn } from './operand.ts'

/** Options of a reduction along one axis. */
export interface AxisOptions extends OutOption {
  /** The axis to reduce; −1 is the last. */
  axis: number
  /** Keep the axis with length 1, so that the result broadcasts against the argument. */
  keepDims?: boolean
}

const OPTIONS = ['axis', 'keepDims', 'out'] as const

/** The sum of all elements, or along one axis. An empty sum is 0. */
export function sum(x: Tensor): number
export function sum(x: Tensor, options: AxisOptions): Tensor
export function sum(x: Tensor, options?: AxisOptions): number | Tensor {
  checkTensor('sum', 'x', x)
  return options === undefined ? ofAll('sum', x) : alongAxis('sum', x, options)
}

/** The arithmetic mean of all elements, or along one axis. Throws a `RangeError` if there are no elements. */
export function mean(x: Tensor): number
export function mean(x: Tensor, options: AxisOptions): Tensor
export function mean(x: Tensor, options?: AxisOptions): number | Tensor {
  if (nonEmpty('mean', x) && options === undefined) return meanOf(x.data, 0, x.size, 1)
  const { axis, keepDims, out } = checkOptions('mean', options, OPTIONS, ['axis'])
  const along = checkAxis(axis, x.rank, 'mean')
  const [before, after] = [x.shape.slice(0, along), x.shape.slice(along + 1)]
  const result = resultIn(out, [...before, ...(keepDims ? [1] : []), ...after], x.dtype, 'mean')
  checkNoOverlap('mean', result, x)
  const [length, inner] = [x.shape[along], sizeOf(after)]
  const [from, to] = [x.data, result.data]
  for (let i = 0; i < to.length; i++) {
    to[i] = meanOf(from, Math.floor(i / inner) * length * inner + (i % inner), length, inner)
  }
  return result
}

/** Sums in float64, divides, and stays between the least and the largest element, of which rounding could leave it. */
function meanOf(data: FloatArray, start: number, length: number, stride: number): number {
  let [sum, min, max] = [0, Infinity, -Infinity]
  for (let l = 0, i = start; l < length; l++, i += stride) {
    const value = data[i]
    sum += value
    min = Math.min(min, value)
    max = Math.max(max, value)
  }
  return Math.min(Math.max(sum / length, min), max)
}

/** The maximum of all elements, or along one axis; NaN if any of them is NaN. Throws a `RangeError` if there are no elements. */
export function max(x: Tensor): number
export function max(x: Tensor, options: AxisOptions): Tensor
export function max(x: Tensor, options?: AxisOptions): number | Tensor {
  const all = nonEmpty('max', x)
  return options === undefined ? ofAll('max', all) : alongAxis('max', all, options)
}

function alongAxis(reduction: Reduction, x: Tensor, options: AxisOptions): Tensor {
  const { axis, keepDims = false, out } = checkOptions(reduction, options, OPTIONS, ['axis'])
  const along = checkAxis(axis, x.rank, reduction)
  const [before, after] = [x.shape.slice(0, along), x.shape.slice(along + 1)]
  const result = resultIn(out, [...before, ...(keepDims ? [1] : []), ...after], x.dtype, reduction)
  checkNoOverlap(reduction, result, x)
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
  checkTensor(operation, 'x', x)
  if (x.size > 0) return x
  throw new RangeError(`${operation}: a tensor of shape ${showShape(x.shape)} has no elements`)
}

/**
 * Returns the index of the maximum: its position in row-major order, or along one axis an `Int32Array` of the indices
 * along that axis, in row-major order of the other axes. For logits (N, C), `argmax(y, { axis: 1 })` holds the N
 * predicted classes. Of equal elements the first is chosen; NaN counts as the largest.
 *
 * Throws a `RangeError` if there are no elements.
 */
export function argmax(x: Tensor): number
export function argmax(x: Tensor, options: { axis: number }): Int32Array
export function argmax(x: Tensor, options?: { axis: number }): number | Int32Array {
  nonEmpty('argmax', x)
  if (options === undefined) return argmaxOf(x.data, 0, x.size, 1)
  const axis = checkAxis(checkOptions('argmax', options, ['axis'], ['axis']).axis, x.rank, 'argmax')
  const inner = sizeOf(x.shape.slice(axis + 1))
  const length = x.shape[axis]
  const { data } = x
  const indices = new Int32Array(x.size / length)
  for (let i = 0; i < indices.length; i++) {
    const outer = Math.floor(i / inner)
    indices[i] = argmaxOf(data, outer * length * inner + (i % inner), length, inner)
  }
  return indices
}

function argmaxOf(data: ArrayLike<number>, start: number, length: number, stride: number): number {
  let best = 0
  let largest = data[start]
  for (let l = 1; l < length && !Number.isNaN(largest); l++) {
    const value = data[start + l * stride]
    if (!(value > largest || Number.isNaN(value))) continue
    best = l
    largest = value
  }
  return best
}

/**
 * Returns the indices that sort the elements in ascending order: of all elements, by position in row-major order, or
 * along one axis. In the latter case the result has an index along the axis for each element of `x`, in row-major order
 * of the shape of `x`: for logits (N, C), `argsort(y, { axis: 1 })` holds the C classes of each row, from the least to
 * the most likely.
 *
 * The sort is stable: equal elements (0 and −0 among them) keep their order. NaN comes last, as in NumPy. For descending
 * order sort `negate(x)`. Throws a `RangeError` if the axis does not exist.
 */
export function argsort(x: Tensor, options?: { axis?: number }): Int32Array {
  checkTensor('argsort', 'x', x)
  const { axis } = checkOptions('argsort', options, ['axis'])
  if (axis === undefined) return sortedIndices(x.data, 0, x.size, 1)
  const along = checkAxis(axis, x.rank, 'argsort')
  const length = x.shape[along]
  const inner = sizeOf(x.shape.slice(along + 1))
  const { data } = x
  const result = new Int32Array(data.length)
  for (let start = 0; start < data.length; start += length * inner) {
    for (let i = start; i < start + inner; i++) {
      const indices = sortedIndices(data, i, length, inner)
      for (let l = 0; l < length; l++) result[i + l * inner] = indices[l]
    }
  }
  return result
}

function sortedIndices(data: ArrayLike<number>, start: number, length: number, stride: number): Int32Array {
  const indices = Int32Array.from({ length }, (_, l) => l)
  return indices.sort((i, j) => compare(data[start + i * stride], data[start + j * stride]) || i - j)
}

function compare(a: number, b: number): number {
  if (a < b) return -1
  if (a > b) return 1
  return Number(Number.isNaN(a)) - Number(Number.isNaN(b))
}

/**
 * Returns the logarithm of the softmax along the last axis, `(x − m) − log Σ e^{x − m}` with m the maximum along that
 * axis, so that nothing overflows and no digits are lost if m is large. `x (…, C)` gives the same shape; `out` may be `x`.
 *
 * An element −∞ gives −∞, probability 0. Where the maximum is NaN or infinite, the whole row is NaN: no probabilities fit
 * +∞, or nothing but −∞.
 *
 * Throws a `RangeError` for a scalar.
 */
export function logSoftmax(x: Tensor, options?: OutOption): Tensor {
  checkTensor('logSoftmax', 'x', x)
  const { out } = checkOptions('logSoftmax', options, OUT)
  if (x.rank === 0) throw new RangeError('logSoftmax: a scalar has no classes; give (N, C), or (C)')
  const result = resultIn(out, x.shape, x.dtype, 'logSoftmax')
  checkSameOrNoOverlap('logSoftmax', result, x, out)
  const columns = x.shape[x.rank - 1]
  const rows = columns === 0 ? 0 : x.size / columns
  backend().logSoftmax(x.data, result.data, { rows, columns })
  return result
}
