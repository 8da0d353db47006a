import { resultIn } from './operand.ts'
import { showShape, sizeOf, stridesOf } from './shape.ts'
import type { Tensor } from './tensor.ts'

/**
 * A copy with the axes in another order: reversed by default (`xᵀ` for a matrix), else as `axes` says.
 * Throws a `RangeError` unless `axes` names every axis once. `matmul` needs no transposed copies: see its options.
 */
export function transpose(
  x: Tensor,
  axes: readonly number[] = x.shape.map((_, axis) => x.rank - 1 - axis),
): Tensor {
  if (axes.length !== x.rank || !x.shape.every((_, axis) => axes.includes(axis))) {
    throw new RangeError(
      `transpose: axes (${axes.join(', ')}) must name each axis of shape ${showShape(x.shape)} once`,
    )
  }
  const result = resultIn(
    undefined,
    axes.map((axis) => x.shape[axis]),
    x.dtype,
    'transpose',
  )
  const strides = stridesOf(x.shape)
  let next = 0
  const copy = (depth: number, offset: number): void => {
    if (depth === axes.length) {
      result.data[next++] = x.data[offset]
      return
    }
    for (let i = 0; i < result.shape[depth]; i++) copy(depth + 1, offset + i * strides[axes[depth]])
  }
  if (sizeOf(x.shape) > 0) copy(0, 0)
  return result
}
