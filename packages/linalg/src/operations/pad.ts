/** `pad`: a tensor with a border of one value. */
import { showShape, stridesOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, type OutOption, resultIn } from './operand.ts'

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
  { value = 0, out }: OutOption & { value?: number } = {},
): Tensor {
  const borders = widths.map((width) => (typeof width === 'number' ? ([width, width] as const) : width))
  if (borders.length !== x.rank || !borders.every((border) => border.length === 2 && border.every(isWidth))) {
    throw new RangeError(
      `pad: widths ${JSON.stringify(widths)} do not fit shape ${showShape(x.shape)}: give one for each axis, ` +
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
