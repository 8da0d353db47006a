/** `matmul`: the matrix product. */
import { checkOptions } from '../check-options.ts'
import { backend } from '../kernels/registry.ts'
import { CsrMatrix } from '../sparse/csr-matrix.ts'
import { showShape } from '../tensor/shape.ts'
import { checkTensor, type Tensor } from '../tensor/tensor.ts'
import { checkNoOverlap, commonDtype, type OutOption, resultIn } from './operand.ts'

/** Options of `matmul`. `out` must not share elements with an operand. */
export interface MatmulOptions extends OutOption {
  /** Use aᵀ in place of a, without a copy. */
  transposeA?: boolean
  /** Use bᵀ in place of b, without a copy. */
  transposeB?: boolean
}

const OPTIONS = ['transposeA', 'transposeB', 'out'] as const

/**
 * Returns the matrix product `a·b`: (m, k) by (k, n) gives (m, n). Options read an operand transposed.
 *
 * Throws a `RangeError` if an operand is not a matrix, if the inner lengths differ, or if `out` shares elements with an
 * operand; a `TypeError` for mixed dtypes.
 */
export function matmul(a: Tensor, b: Tensor, options?: MatmulOptions): Tensor {
  checkTensor('matmul', 'a', a)
  checkTensor('matmul', 'b', b)
  const { transposeA = false, transposeB = false, out } = checkOptions('matmul', options, OPTIONS)
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
  checkNoOverlap('matmul', result, b)
  if (a instanceof CsrMatrix && !transposeB) {
    if (backend().matmulCsr?.(a.compressed, b.data, result.data, size, transposeA)) return result
  }
  // Only here, since reading `a.data` would decompress a compressed matrix.
  checkNoOverlap('matmul', result, a)
  backend().matmul(a.data, b.data, result.data, size, { a: transposeA, b: transposeB })
  return result
}
