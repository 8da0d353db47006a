/** Functions of each element: `exp` to `relu`, `clip`, `map`, `where`. `out` may be `x` in all of them. */
import { checkFunction, checkOptions, showValue } from '../check-options.ts'
import type { UnaryOperation } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import { broadcastShape, type Shape, stridesOf } from '../tensor/shape.ts'
import { checkTensor, type Tensor } from '../tensor/tensor.ts'
import { asTensors } from './arithmetic.ts'
import { checkSameOrNoOverlap, commonDtype, OUT, type OutOption, resultIn } from './operand.ts'

/** `eˣ`. */
export const exp = (x: Tensor, options?: OutOption): Tensor => unary('exp', x, options)

/** The natural logarithm; −∞ at 0, NaN below. */
export const log = (x: Tensor, options?: OutOption): Tensor => unary('log', x, options)

/** `√x`; NaN below 0. */
export const sqrt = (x: Tensor, options?: OutOption): Tensor => unary('sqrt', x, options)

/** `|x|`. */
export const abs = (x: Tensor, options?: OutOption): Tensor => unary('abs', x, options)

/** `−x`. */
export const negate = (x: Tensor, options?: OutOption): Tensor => unary('negate', x, options)

/** `x²`. */
export const square = (x: Tensor, options?: OutOption): Tensor => unary('square', x, options)

/** The hyperbolic tangent. */
export const tanh = (x: Tensor, options?: OutOption): Tensor => unary('tanh', x, options)

/** `1/(1 + e⁻ˣ)`, without overflow at either end. */
export const sigmoid = (x: Tensor, options?: OutOption): Tensor => unary('sigmoid', x, options)

/** `max(0, x)`; NaN stays NaN. */
export const relu = (x: Tensor, options?: OutOption): Tensor => unary('relu', x, options)

/**
 * `min(max(x, min), max)`: values outside of the interval become its ends; NaN stays NaN. Either end may be infinite.
 * Throws a `RangeError` if an end is NaN, or `min` is greater than `max`.
 */
export function clip(x: Tensor, min: number, max: number, options?: OutOption): Tensor {
  checkTensor('clip', 'x', x)
  const { out } = checkOptions('clip', options, OUT)
  if (typeof min !== 'number' || typeof max !== 'number' || !(min <= max)) {
    throw new RangeError(
      `clip: min ${showValue(min)} must be a number, and not be greater than max ${showValue(max)}`,
    )
  }
  const result = resultIn(out, x.shape, x.dtype, 'clip')
  checkSameOrNoOverlap('clip', result, x, out)
  const [from, to] = [x.data, result.data]
  for (let i = 0; i < to.length; i++) to[i] = Math.min(Math.max(from[i], min), max)
  return result
}

/** `f(value, index)` for a function of your own; the index counts in row-major order. */
export function map(x: Tensor, f: (value: number, index: number) => number, options?: OutOption): Tensor {
  checkTensor('map', 'x', x)
  checkFunction('map', 'f', f)
  const { out } = checkOptions('map', options, OUT)
  const result = resultIn(out, x.shape, x.dtype, 'map')
  checkSameOrNoOverlap('map', result, x, out)
  for (let i = 0; i < x.size; i++) result.data[i] = f(x.data[i], i)
  return result
}

function unary(operation: UnaryOperation, x: Tensor, options?: OutOption): Tensor {
  checkTensor(operation, 'x', x)
  const { out } = checkOptions(operation, options, OUT)
  const result = resultIn(out, x.shape, x.dtype, operation)
  checkSameOrNoOverlap(operation, result, x, out)
  backend().unary(operation, x.data, result.data)
  return result
}

/**
 * Returns the elements of `a` where `condition` is true and those of `b` elsewhere, with NumPy's broadcasting of all
 * three. A condition is a tensor of any dtype: 0 and −0 are false, everything else is true, NaN included.
 *
 *     where(tensor([1, 0]), tensor([1, 2]), 0) // tensor (2) float64 [1, 0]
 *
 * The result has the dtype of `a` and `b`. `out` may be an operand of the result's shape. Throws a `RangeError` if the
 * shapes do not broadcast, a `TypeError` if `a` and `b` have different dtypes or `condition` is not a tensor.
 */
export function where(
  condition: Tensor,
  a: Tensor | number,
  b: Tensor | number,
  options?: OutOption,
): Tensor {
  checkTensor('where', 'condition', condition)
  const { out } = checkOptions('where', options, OUT)
  const [x, y] = asTensors('where', a, b)
  const values = broadcastShape(x.shape, y.shape, 'where')
  const shape = broadcastShape(condition.shape, values, 'where')
  const result = resultIn(out, shape, commonDtype('where', x, y), 'where')
  for (const operand of [condition, x, y]) checkSameOrNoOverlap('where', result, operand, out)
  const strides = [condition, x, y].map((operand) => broadcastStrides(operand.shape, shape))
  const [conditions, trues, falses, target] = [condition.data, x.data, y.data, result.data]
  let next = 0
  const choose = (axis: number, c: number, i: number, j: number): void => {
    if (axis === shape.length) {
      target[next++] = conditions[c] !== 0 ? trues[i] : falses[j]
      return
    }
    const [cStride, iStride, jStride] = [strides[0][axis], strides[1][axis], strides[2][axis]]
    for (let k = 0; k < shape[axis]; k++) choose(axis + 1, c + k * cStride, i + k * iStride, j + k * jStride)
  }
  choose(0, 0, 0, 0)
  return result
}

/** Strides of an operand along the axes of the result, 0 along those that repeat it. */
function broadcastStrides(shape: Shape, result: Shape): number[] {
  const strides = stridesOf(shape)
  const missing = result.length - shape.length
  return result.map((_, axis) =>
    axis < missing || shape[axis - missing] === 1 ? 0 : strides[axis - missing],
  )
}
