/** `argmax`: the index of the maximum. */
import { checkAxis, showShape, sizeOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'

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
  if (x.size === 0) throw new RangeError(`argmax: a tensor of shape ${showShape(x.shape)} has no elements`)
  if (!options) return argmaxOf(x.data, 0, x.size, 1)
  const axis = checkAxis(options.axis, x.rank, 'argmax')
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
