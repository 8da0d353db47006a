/** Kernels of the reference that reduce along an axis: `reduce`, `logSoftmax`. */
import type { Backend } from '../backend.ts'

/** `out[o, i] = Σ_l x[o, l, i]`, or the maximum over l. */
export const reduce: Backend['reduce'] = (reduction, x, out, { outer, length, inner }) => {
  const isSum = reduction === 'sum'
  for (let o = 0; o < outer; o++) {
    for (let i = 0; i < inner; i++) {
      let result = isSum ? 0 : -Infinity
      for (let l = 0; l < length; l++) {
        const value = x[(o * length + l) * inner + i]
        result = isSum ? result + value : Math.max(result, value)
      }
      out[o * inner + i] = result
    }
  }
}

/** `out[r, c] = (x[r, c] − m) − log Σ_c e^{x[r, c] − m}` with m the maximum of row r: NaN for all of it if m is infinite. */
export const logSoftmax: Backend['logSoftmax'] = (x, out, { rows, columns }) => {
  for (let start = 0; start < rows * columns; start += columns) {
    let m = -Infinity
    for (let i = start; i < start + columns; i++) m = Math.max(m, x[i])
    let sum = 0
    for (let i = start; i < start + columns; i++) sum += Math.exp(x[i] - m)
    const logSum = Math.log(sum)
    for (let i = start; i < start + columns; i++) out[i] = x[i] - m - logSum
  }
}
