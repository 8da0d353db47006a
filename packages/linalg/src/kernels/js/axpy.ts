import type { Backend } from '../backend.ts'

export const axpy: Backend['axpy'] = (alpha, x, y) => {
  for (let i = 0; i < y.length; i++) y[i] += alpha * x[i]
}
