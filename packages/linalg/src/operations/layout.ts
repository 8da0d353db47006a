/** Copies of other shape or order: `transpose`, `permute`, `slice`, `pad`, `concat`, `stack`, `takeRows`. */
import { checkNumber, checkOptions, showValue } from '../check-options.ts'
import { CsrMatrix, emptyCsrMatrix } from '../sparse/csr-matrix.ts'
import type { DType } from '../tensor/shape.ts'
import {
  checkArray,
  checkAxis,
  type Shape,
  sameShape,
  showShape,
  sizeOf,
  stridesOf,
} from '../tensor/shape.ts'
import { checkTensor, type Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, commonDtype, OUT, type OutOption, resultIn } from './operand.ts'

/**
 * Returns a copy with the axes reversed: `xᵀ` for a matrix, (m, n) to (n, m). `matmul` reads transposed operands
 * without a copy: see its options. Throws a `RangeError` if `out` shares elements with `x`.
 */
export function transpose(x: Tensor, options?: OutOption): Tensor {
  checkTensor('transpose', 'x', x)
  const reversed = x.shape.map((_, axis) => x.rank - 1 - axis)
  return reorder(x, reversed, 'transpose', options)
}

/**
 * Returns a copy with the axes in the given order: axis i of the result is axis `axes[i]` of `x`. Negative axes count
 * from the end. `permute(images, [0, 3, 1, 2])` turns (N, H, W, C) into (N, C, H, W).
 *
 * Throws a `RangeError` unless `axes` names every axis exactly once, or if `out` shares elements with `x`.
 */
export function permute(x: Tensor, axes: readonly number[], options?: OutOption): Tensor {
  checkTensor('permute', 'x', x)
  checkArray(axes, 'axes', 'axes', 'permute')
  const order = axes.map((axis) => checkAxis(axis, x.rank, 'permute'))
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new RangeError(
      `permute: axes (${axes.join(', ')}) must name each axis of shape ${showShape(x.shape)} once`,
    )
  }
  return reorder(x, order, 'permute', options)
}

function reorder(x: Tensor, axes: readonly number[], operation: string, options?: OutOption): Tensor {
  const { out } = checkOptions(operation, options, OUT)
  const shape = axes.map((axis) => x.shape[axis])
  const result = resultIn(out, shape, x.dtype, operation)
  if (x.size === 0) return result
  checkNoOverlap(operation, result, x)
  const all = stridesOf(x.shape)
  const strides = axes.map((axis) => all[axis])
  const [source, target] = [x.data, result.data]
  let next = 0
  const copy = (axis: number, offset: number): void => {
    if (axis === shape.length) {
      target[next++] = source[offset]
      return
    }
    for (let i = 0; i < shape[axis]; i++) copy(axis + 1, offset + i * strides[axis])
  }
  copy(0, 0)
  return result
}

/**
 * What `slice` takes of one axis: `null` all of it; `[start, end]` the indices from `start` up to, not including, `end`;
 * `[start]` those from `start` to the last; a number this index alone, and the axis is removed.
 */
export type SliceRange = null | number | readonly [start: number, end?: number]

/**
 * Returns a copy of a part of `x`, with one range for each axis; missing ranges at the end take all of their axes.
 * Negative indices count from the end of the axis, as in NumPy's slices and `Array.prototype.slice`; unlike there,
 * indices outside of the axis are an error and are not clipped.
 *
 *     slice(x, [null, [1, 3]]) // columns 1 and 2: x[:, 1:3] in NumPy
 *     slice(x, [null, -1]) // the last column as a vector: x[:, -1]
 *     slice(x, [[-2]]) // the last two rows: x[-2:]
 *
 * `x.rows(start, end)` gives rows without a copy. Throws a `RangeError` for more ranges than axes, for a range outside of
 * its axis or with `end` before `start`, or if `out` shares elements with `x`.
 */
export function slice(x: Tensor, ranges: readonly SliceRange[], options?: OutOption): Tensor {
  checkTensor('slice', 'x', x)
  checkArray(ranges, 'ranges', 'ranges, one for each axis', 'slice')
  const { out } = checkOptions('slice', options, OUT)
  if (ranges.length > x.rank) {
    throw new RangeError(`slice: ${ranges.length} ranges given for the axes of shape ${showShape(x.shape)}`)
  }
  const bounds = x.shape.map((_, axis) => boundsOf(ranges[axis] ?? null, axis, x.shape))
  const lengths = bounds.map(({ start, end }) => end - start)
  const shape = lengths.filter((_, axis) => typeof ranges[axis] !== 'number')
  const result = resultIn(out, shape, x.dtype, 'slice')
  if (result.size === 0) return result
  checkNoOverlap('slice', result, x)
  const [source, target] = [x.data, result.data]
  const strides = stridesOf(x.shape)
  // From axis `inner` on whole axes are taken, so their elements form one contiguous run.
  let inner = x.rank
  while (inner > 0 && lengths[inner - 1] === x.shape[inner - 1]) inner--
  const last = inner - 1
  let next = 0
  const copy = (axis: number, offset: number): void => {
    if (axis >= last) {
      const from = axis < 0 ? 0 : offset + bounds[axis].start * strides[axis]
      const length = axis < 0 ? x.size : lengths[axis] * strides[axis]
      target.set(source.subarray(from, from + length), next)
      next += length
      return
    }
    for (let i = bounds[axis].start; i < bounds[axis].end; i++) copy(axis + 1, offset + i * strides[axis])
  }
  copy(Math.min(0, last), 0)
  return result
}

function boundsOf(range: SliceRange, axis: number, shape: Shape): { start: number; end: number } {
  const length = shape[axis]
  if (range === null) return { start: 0, end: length }
  /** NaN if the index is not an integer. */
  const fromFront = (index: number): number =>
    !Number.isInteger(index) ? NaN : index < 0 ? index + length : index
  if (typeof range === 'number') {
    const start = fromFront(range)
    if (start >= 0 && start < length) return { start, end: start + 1 }
    throw new RangeError(`slice: index ${range} lies outside of axis ${axis} of shape ${showShape(shape)}`)
  }
  if (!Array.isArray(range)) {
    throw new TypeError(
      `slice: the range of axis ${axis} must be null, an index or [start, end], not ${showValue(range)}`,
    )
  }
  const [start, end] = [fromFront(range[0]), fromFront(range[1] ?? length)]
  if (start >= 0 && start <= end && end <= length) return { start, end }
  throw new RangeError(
    `slice: range ${showValue(range[0])} to ${showValue(range[1] ?? length)} does not fit axis ${axis} of shape ${showShape(shape)}: ` +
      `use ${-length} to ${length}, the start not after the end`,
  )
}

/** Width of the border along one axis: `n` elements on both sides, or `[before, after]`. */
export type PadWidth = number | readonly [before: number, after: number]

/**
 * Returns a copy with a border of `value` (0 by default) around it, of the given width for each axis:
 * `pad(images, [0, 0, 1, 1])` gives images (N, C, H, W) a border of one pixel, (N, C, H + 2, W + 2).
 *
 * Throws a `RangeError` unless there is one width for each axis, an integer of at least 0 or a pair of them, or if `out`
 * shares elements with `x`.
 */
export function pad(
  x: Tensor,
  widths: readonly PadWidth[],
  options?: OutOption & { value?: number },
): Tensor {
  checkTensor('pad', 'x', x)
  checkArray(widths, 'widths', 'widths, one for each axis', 'pad')
  const { value = 0, out } = checkOptions('pad', options, ['value', 'out'])
  checkNumber('pad', 'value', value)
  const borders = widths.map((width) => (Array.isArray(width) ? width : [width, width]))
  if (borders.length !== x.rank || !borders.every((border) => border.length === 2 && border.every(isWidth))) {
    const shown = widths.map((width) =>
      Array.isArray(width) ? `[${width.map(showValue).join(', ')}]` : showValue(width),
    )
    throw new RangeError(
      `pad: widths [${shown.join(', ')}] do not fit shape ${showShape(x.shape)}: give one for each axis, ` +
        'an integer of at least 0 or a pair [before, after] of them',
    )
  }
  const shape = x.shape.map((length, axis) => borders[axis][0] + length + borders[axis][1])
  const result = resultIn(out, shape, x.dtype, 'pad')
  checkNoOverlap('pad', result, x)
  const [source, target] = [x.data, result.data]
  target.fill(value)
  if (x.size === 0) return result
  if (x.rank === 0) {
    target[0] = source[0]
    return result
  }
  const strides = stridesOf(shape)
  const last = x.rank - 1
  const rowLength = x.shape[last]
  let next = 0
  const copy = (axis: number, offset: number): void => {
    if (axis === last) {
      target.set(source.subarray(next, next + rowLength), offset + borders[axis][0])
      next += rowLength
      return
    }
    for (let i = 0; i < x.shape[axis]; i++) copy(axis + 1, offset + (borders[axis][0] + i) * strides[axis])
  }
  copy(0, 0)
  return result
}

const isWidth = (width: number): boolean => Number.isInteger(width) && width >= 0

/** Options of `concat` and `stack`. */
export interface JoinOptions extends OutOption {
  /** The axis along which tensors are joined, the first by default; negative axes count from the end. */
  axis?: number
}

const JOIN_OPTIONS = ['axis', 'out'] as const

/**
 * Returns the tensors joined along an axis that they have: (2, 3) and (4, 3) give (6, 3).
 *
 * Throws a `RangeError` if no tensor is given, if shapes differ along another axis, or if `out` shares elements with a
 * tensor; a `TypeError` for mixed dtypes.
 */
export function concat(tensors: readonly Tensor[], options?: JoinOptions): Tensor {
  const { axis = 0, out } = checkOptions('concat', options, JOIN_OPTIONS)
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
export function stack(tensors: readonly Tensor[], options?: JoinOptions): Tensor {
  const { axis = 0, out } = checkOptions('stack', options, JOIN_OPTIONS)
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

/** Returns the first tensor. Throws if there is none, or if another one is no tensor or has another dtype. */
function firstOf(tensors: readonly Tensor[], operation: string): Tensor {
  checkArray(tensors, 'tensors', 'tensors', operation)
  const [first] = tensors
  if (tensors.length === 0) throw new RangeError(`${operation}: give at least one tensor`)
  for (const [i, x] of tensors.entries()) {
    checkTensor(operation, `tensors[${i}]`, x)
    commonDtype(operation, first, x)
  }
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

/**
 * Returns a copy of the rows with the given indices along the first axis, in that order, repeats included:
 * `x (N, …)` gives `(indices.length, …)`. Rows of a compressed matrix (see `compress`) are compressed as well.
 *
 * Throws a `RangeError` for an index outside, if `x` is a scalar, or if `out` shares elements with `x`.
 */
export function takeRows(x: Tensor, indices: ArrayLike<number>, options?: OutOption): Tensor {
  checkTensor('takeRows', 'x', x)
  const { out } = checkOptions('takeRows', options, OUT)
  if (typeof indices !== 'object' || typeof indices?.length !== 'number') {
    throw new TypeError(`takeRows: indices must be an array, not ${showValue(indices)}`)
  }
  if (x.rank === 0) throw new RangeError('takeRows: a scalar has no rows')
  const [count, ...rest] = x.shape
  for (let i = 0; i < indices.length; i++) {
    const index = indices[i]
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(
        `takeRows: index ${showValue(index)} at position ${i} lies outside of the ${count} rows`,
      )
    }
  }
  const shape = [indices.length, ...rest]
  if (x instanceof CsrMatrix && (out === undefined || isCsrMatrixOf(shape, x.dtype, out))) {
    const result = out ?? emptyCsrMatrix(shape, x)
    result.assignRows(x, indices)
    return result
  }
  const result = resultIn(out, shape, x.dtype, 'takeRows')
  checkNoOverlap('takeRows', result, x)
  const { data } = x
  const rowSize = sizeOf(rest)
  for (let i = 0; i < indices.length; i++) {
    result.data.set(data.subarray(indices[i] * rowSize, (indices[i] + 1) * rowSize), i * rowSize)
  }
  return result
}

const isCsrMatrixOf = (shape: Shape, dtype: DType, out: Tensor): out is CsrMatrix =>
  out instanceof CsrMatrix && sameShape(out.shape, shape) && out.dtype === dtype
