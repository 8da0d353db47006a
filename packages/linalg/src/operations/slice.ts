/** `slice`: a part of a tensor, along any axes. */
import { type Shape, showShape, stridesOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, type OutOption, resultIn } from './operand.ts'

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
export function slice(x: Tensor, ranges: readonly SliceRange[], { out }: OutOption = {}): Tensor {
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
  const fromFront = (index: number): number => (index < 0 ? index + length : index)
  if (typeof range === 'number') {
    const start = fromFront(range)
    if (Number.isInteger(start) && start >= 0 && start < length) return { start, end: start + 1 }
    throw new RangeError(`slice: index ${range} lies outside of axis ${axis} of shape ${showShape(shape)}`)
  }
  const [start, end] = [fromFront(range[0]), fromFront(range[1] ?? length)]
  const areIntegers = Number.isInteger(start) && Number.isInteger(end)
  if (areIntegers && start >= 0 && start <= end && end <= length) return { start, end }
  throw new RangeError(
    `slice: range ${range[0]} to ${range[1] ?? length} does not fit axis ${axis} of shape ${showShape(shape)}: ` +
      `use ${-length} to ${length}, the start not after the end`,
  )
}
