import type { Backend, BinaryOperation } from '../backend.ts'

const formulas: Record<BinaryOperation, (a: number, b: number) => number> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  maskPositive: (a, b) => (b <= 0 ? 0 : a),
}

export const binary: Backend['binary'] = (operation, a, aStep, b, bStep, out, { rows, columns }) => {
  const formula = formulas[operation]
  for (let r = 0, i = 0; r < rows; r++) {
    for (let c = 0; c < columns; c++, i++) {
      out[i] = formula(a[r * aStep.row + c * aStep.column], b[r * bStep.row + c * bStep.column])
    }
  }
}
