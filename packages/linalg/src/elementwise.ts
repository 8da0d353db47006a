import type { OutOption } from './arithmetic.ts'
import { backend, type UnaryOperation } from './backend.ts'
import { resultIn } from './operand.ts'
import type { Tensor } from './tensor.ts'

/** `eˣ`, element by element, as all of these; `out` may be `x`. */
export const exp = (x: Tensor, options?: OutOption): Tensor => unary('exp', x, options)

/** The natural logarithm; −∞ at 0, NaN below. */
export const log = (x: Tensor, options?: OutOption): Tensor => unary('log', x, options)

export const sqrt = (x: Tensor, options?: OutOption): Tensor => unary('sqrt', x, options)

/** `|x|`. */
export const abs = (x: Tensor, options?: OutOption): Tensor => unary('abs', x, options)

/** `−x`. */
export const negate = (x: Tensor, options?: OutOption): Tensor => unary('negate', x, options)

/** `x²`. */
export const square = (x: Tensor, options?: OutOption): Tensor => unary('square', x, options)

export const tanh = (x: Tensor, options?: OutOption): Tensor => unary('tanh', x, options)

/** `1/(1 + e⁻ˣ)`; neither end overflows. */
export const sigmoid = (x: Tensor, options?: OutOption): Tensor => unary('sigmoid', x, options)

/** `max(0, x)`; NaN stays NaN. */
export const relu = (x: Tensor, options?: OutOption): Tensor => unary('relu', x, options)

/** `f(x)` for a function of your own. */
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
