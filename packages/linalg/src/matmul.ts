import { backend } from './backend.ts'
import type { FloatArray } from './dtype.ts'
import { commonDtype, resultIn } from './operand.ts'
import { showShape } from './shape.ts'
import { SparseMatrix } from './sparse.ts'
import type { Tensor } from './tensor.ts'

export interface MatmulOptions {
  /** Use aᵀ in place of a. Nothing is copied for it. */
  transposeA?: boolean
  /** Use bᵀ in place of b. */
  transposeB?: boolean
  /** Where the result is written; neither operand. */
  out?: Tensor
}

/**
 * The matrix product `a·b`: (m, k) by (k, n) gives (m, n). Options read an operand transposed.
 *
 * Throws a `RangeError` where an operand is no matrix or the inner lengths differ, a `TypeError` for mixed dtypes.
 */
export function matmul(
  a: Tensor,
  b: Tensor,
  { transposeA = false, transposeB = false, out }: MatmulOptions = {},
): Tensor {
  if (a.rank !== 2 || b.rank !== 2) {
    throw new RangeError(
      `matmul: both operands must be matrices, not of shapes ${showShape(a.shape)} and ${showShape(b.shape)}`,
    )
  }
  const [m, k] = transposeA ? [a.shape[1], a.shape[0]] : a.shape
  const [inner, n] = transposeB ? [b.shape[1], b.shape[0]] : b.shape
  if (k !== inner) {
    const show = (x: Tensor, transposed: boolean) => `${showShape(x.shape)}${transposed ? ' transposed' : ''}`
    throw new RangeError(
      `matmul: shapes ${show(a, transposeA)} and ${show(b, transposeB)} do not fit: ` +
        `the inner lengths must be equal, and ${k} meets ${inner}`,
    )
  }
  const result = resultIn(out, [m, n], commonDtype('matmul', a, b), 'matmul')
  const size = { m, k, n }
  const sharing = (x: Tensor) => overlap(result.data, x.data)
  if (sharing(b)) throw sharedOut()
  if (a instanceof SparseMatrix && !transposeB) {
    if (backend().matmulLists?.(a.lists, b.data, result.data, size, transposeA)) return result
  }
  if (sharing(a)) throw sharedOut()
  backend().matmul(a.data, b.data, result.data, size, { a: transposeA, b: transposeB })
  return result
}

/** Whether two arrays have an element in common. */
const overlap = (a: FloatArray, b: FloatArray): boolean =>
  a.buffer === b.buffer &&
  a.byteOffset < b.byteOffset + b.byteLength &&
  b.byteOffset < a.byteOffset + a.byteLength

const sharedOut = (): RangeError => new RangeError('matmul: out must not share its elements with an operand')
