/** Elementwise kernels of the reference: `unary`, `binary`, `axpy`. */
import type { Backend, BinaryOperation, UnaryOperation } from '../backend.ts'

/** ReLU keeps NaN, so that it is seen in the layer that produced it. */
const UNARY_FORMULAS: Record<UnaryOperation, (x: number) => number> = {
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  abs: Math.abs,
  negate: (x) => -x,
  square: (x) => x * x,
  tanh: Math.tanh,
  sigmoid,
  relu: (x) => Math.max(0, x),
}

/** `1/(1 + e⁻ˣ)`, written so that the exponential never overflows. */
function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x))
  const e = Math.exp(x)
  return e / (1 + e)
}

const BINARY_FORMULAS: Record<BinaryOperation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maskPositive: (a, b) => (b <= 0 ? 0 : a),
}

/** `out[i] = operation(x[i])`. */
export const unary: Backend['unary'] = (operation, x, out) => {
  const formula = UNARY_FORMULAS[operation]
  for (let i = 0; i < out.length; i++) out[i] = formula(x[i])
}

/** `out[r, c] = operation(a[r, c], b[r, c])`, with the operands read by their strides. */
export const binary: Backend['binary'] = (operation, a, aStrides, b, bStrides, out, { rows, columns }) => {
  const formula = BINARY_FORMULAS[operation]
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i++) {
      out[i] = formula(a[r * aStrides.row + c * aStrides.column], b[r * bStrides.row + c * bStrides.column])
    }
  }
}

/** `y[i] += alpha·x[i]`. */
export const axpy: Backend['axpy'] = (alpha, x, y) => {
  for (let i = 0; i < y.length; i++) y[i] += alpha * x[i]
}
