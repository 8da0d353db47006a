import type { Backend } from '../backend.ts'

export const logSoftmax: Backend['logSoftmax'] = (x, out, { rows, columns }) => {
  for (let start = 0; start < rows * columns; start += columns) {
    let m = -Infinity
    for (let i = start; i < start + columns; i++) m = Math.max(m, x[i])
    // An infinite m stays in: ∞ − ∞ is not a number.
    if (!Number.isFinite(m)) m = 0
    let sum = 0
    for (let i = start; i < start + columns; i++) sum += Math.exp(x[i] - m)
    const logSum = Math.log(sum)
    for (let i = start; i < start + columns; i++) out[i] = x[i] - m - logSum
  }
}
