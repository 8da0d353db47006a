import { Tensor } from '@gosa/linalg'
import { type Candidate, type Evidence, isAll } from './evidence.ts'

/** `A = Nᵀ`, of a matrix; of a square one the shapes do not tell. */
export const transposed: Candidate = (evidence) => {
  const { analytic, shape } = evidence
  if (shape.length !== 2) return undefined
  const [rows, columns] = shape
  const at = (k: number): number => analytic[(k % columns) * rows + Math.floor(k / columns)]
  return isAll(evidence, at) ? 'is transposed' : undefined
}

/** `A` is `N` moved by one along an axis. */
export const shifted: Candidate = (evidence) => {
  const { shape } = evidence
  for (let axis = 0; axis < shape.length; axis++) {
    for (const by of [1, -1]) {
      if (shape[axis] > 1 && isShifted(evidence, axis, by)) return `is off by one along axis ${axis}`
    }
  }
  return undefined
}

/** Whether `A[…, i + by, …] = N[…, i, …]` wherever both are; what moves out may come in at the other end, or not. */
function isShifted({ analytic, shape, is, numerical }: Evidence, axis: number, by: number): boolean {
  const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1)
  let nonzero = 0
  for (let k = 0; k < numerical.length; k++) {
    const i = Math.floor(k / stride) % shape[axis]
    if (i + by < 0 || i + by >= shape[axis]) continue
    if (!is(analytic[k + by * stride], k)) return false
    if (numerical[k] !== 0) nonzero++
  }
  return nonzero > 0
}

/** `A` is the gradient of something else of the same size. */
export const neighbour: Candidate = (evidence) => {
  const { analytic, compared, all } = evidence
  for (const { variable, comparison, mode } of all) {
    if (variable === compared.variable || mode !== compared.mode) continue
    const other = comparison.numerical
    if (other.length !== analytic.length || !other.some((n) => n !== 0)) continue
    const tolerance = 1e-6 * other.reduce((most, n) => Math.max(most, Math.abs(n)), 0)
    if (analytic.every((a, k) => Math.abs(a - other[k]) <= tolerance)) return `is that of ${variable.name}`
  }
  return undefined
}

/** A bias's `A` is `dout` summed over its last axis, where it should be the first; or one row of it, not summed at all. */
export const wrongSum: Candidate = ({ analytic, shape, scalar: { dout } }) => {
  if (shape.length !== 1 || !(dout instanceof Tensor) || dout.rank !== 2) return undefined
  const [N, M] = dout.shape
  const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * (1 + Math.abs(b))
  const row = (n: number): ArrayLike<number> => dout.data.subarray(n * M, (n + 1) * M)
  if (N === analytic.length) {
    const sums = Array.from({ length: N }, (_, n) => Array.from(row(n)).reduce((sum, one) => sum + one, 0))
    if (sums.every((sum, n) => close(analytic[n], sum))) return 'is dout summed over the wrong axis'
  }
  if (M !== analytic.length || N < 2) return undefined
  for (const n of [0, N - 1]) {
    if (analytic.every((a, m) => close(a, row(n)[m])))
      return `is that of sample ${n} alone: the sum is missing`
  }
  return undefined
}
