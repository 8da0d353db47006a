import { checkAxis, showShape, sizeOf } from './shape.ts'
import type { Tensor } from './tensor.ts'

/**
 * Where the largest element lies: its position in row-major order, or along one axis an `Int32Array` with a
 * position for each of the remaining places, in row-major order. For logits (N, C), `argmax(y, { axis: 1 })` is
 * the N predicted classes. The first of equal elements wins; NaN counts as largest.
 *
 * Throws a `RangeError` where there is no element.
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
  const places = new Int32Array(x.size / length)
  for (let place = 0; place < places.length; place++) {
    const outer = Math.floor(place / inner)
    places[place] = argmaxOf(data, outer * length * inner + (place % inner), length, inner)
  }
  return places
}

function argmaxOf(data: ArrayLike<number>, start: number, length: number, step: number): number {
  let best = 0
  let largest = data[start]
  for (let l = 1; l < length && !Number.isNaN(largest); l++) {
    const value = data[start + l * step]
    if (!(value > largest || Number.isNaN(value))) continue
    best = l
    largest = value
  }
  return best
}
