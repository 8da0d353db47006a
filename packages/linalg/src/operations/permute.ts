/** `permute` and `transpose`: copies with the axes in another order. */
import { checkAxis, showShape, stridesOf } from '../tensor/shape.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, type OutOption, resultIn } from './operand.ts'

/**
 * Returns a copy with the axes reversed: `xᵀ` for a matrix, (m, n) to (n, m). `matmul` reads transposed operands
 * without a copy: see its options. Throws a `RangeError` if `out` shares elements with `x`.
 */
export const transpose = (x: Tensor, options?: OutOption): Tensor =>
  reorder(
    x,
    x.shape.map((_, axis) => x.rank - 1 - axis),
    'transpose',
    options,
  )

/**
 * Returns a copy with the axes in the given order: axis i of the result is axis `axes[i]` of `x`. Negative axes count
 * from the end. `permute(images, [0, 3, 1, 2])` turns (N, H, W, C) into (N, C, H, W).
 *
 * Throws a `RangeError` unless `axes` names every axis exactly once, or if `out` shares elements with `x`.
 */
export function permute(x: Tensor, axes: readonly number[], options?: OutOption): Tensor {
  const order = axes.map((axis) => checkAxis(axis, x.rank, 'permute'))
  if (order.length !== x.rank || new Set(order).size !== x.rank) {
    throw new RangeError(
      `permute: axes (${axes.join(', ')}) must name each axis of shape ${showShape(x.shape)} once`,
    )
  }
  return reorder(x, order, 'permute', options)
}

function reorder(x: Tensor, axes: readonly number[], operation: string, { out }: OutOption = {}): Tensor {
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
