/** Functions of one tensor, element by element. `out` may be `x` in all of them. */
import type { UnaryOperation } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import type { Tensor } from '../tensor/tensor.ts'
import { type OutOption, resultIn } from './operand.ts'

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
export function clip(x: Tensor, min: number, max: number, { out }: OutOption = {}): Tensor {
  if (!(min <= max)) throw new RangeError(`clip: min ${min} must not be greater than max ${max}`)
  const result = resultIn(out, x.shape, x.dtype, 'clip')
  const [from, to] = [x.data, result.data]
  for (let i = 0; i < to.length; i++) to[i] = Math.min(Math.max(from[i], min), max)
  return result
}

/** `f(value, index)` for a function of your own; the index counts in row-major order. */
export function map(x: Tensor, f: (value: number, index: number) => number, { out }: OutOption = {}): Tensor {
  const result = resultIn(out, x.shape, x.dtype, 'map')
  for (let i = 0; i < x.size; i++) result.data[i] = f(x.data[i], i)
  return result
}

function unary(operation: UnaryOperation, x: Tensor, { out }: OutOption = {}): Tensor {
  const result = resultIn(out, x.shape, x.dtype, operation)
  backend().unary(operation, x.data, result.data)
  return result
}
