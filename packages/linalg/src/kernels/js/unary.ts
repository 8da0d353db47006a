import type { Backend, UnaryOperation } from '../backend.ts'

/** The formulas. ReLU lets NaN through, so that it is seen where it arises. */
const formulas: Record<UnaryOperation, (x: number) => number> = {
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

export const unary: Backend['unary'] = (operation, x, out) => {
  const formula = formulas[operation]
  for (let i = 0; i < out.length; i++) out[i] = formula(x[i])
}
