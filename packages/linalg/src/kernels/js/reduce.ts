import type { Backend } from '../backend.ts'

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
