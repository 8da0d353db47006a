/** Operations that treat tensors as vectors of all their elements: `axpy`, `dot`, `norm`, `allClose`. */
import { checkNumber, checkOptions } from '../check-options.ts'
import { backend } from '../kernels/registry.ts'
import { sameShape, showShape } from '../tensor/shape.ts'
import { checkTensor, type Tensor } from '../tensor/tensor.ts'
import { checkSameOrNoOverlap, commonDtype } from './operand.ts'

/** Adds `alpha·x` to `y`, in place: `y ← y + alpha·x` (the name is BLAS's). Shapes and dtypes must be equal. */
export function axpy(alpha: number, x: Tensor, y: Tensor): void {
  checkNumber('axpy', 'alpha', alpha)
  checkSameShape('axpy', 'x', x, 'y', y)
  commonDtype('axpy', x, y)
  checkSameOrNoOverlap('axpy', y, x, y)
  backend().axpy(alpha, x.data, y.data)
}

/** `Σ a ⊙ b` over all elements, in float64. Shapes and dtypes must be equal. */
export function dot(a: Tensor, b: Tensor): number {
  checkSameShape('dot', 'a', a, 'b', b)
  commonDtype('dot', a, b)
  let total = 0
  for (let i = 0; i < a.size; i++) total += a.data[i] * b.data[i]
  return total
}

/** The Euclidean norm `√(Σ x²)` over all elements, scaled so that it neither overflows nor underflows. */
export function norm(x: Tensor): number {
  checkTensor('norm', 'x', x)
  let largest = 0
  for (const value of x.data) largest = Math.max(largest, Math.abs(value))
  if (largest === 0 || !Number.isFinite(largest)) return largest
  let total = 0
  for (const value of x.data) total += (value / largest) ** 2
  return largest * Math.sqrt(total)
}

/**
 * Whether `|a − b| ≤ atol + rtol·|b|` for every element (NumPy's rule and defaults). NaN is close to nothing; equal
 * infinities are close. Shapes must be equal; dtypes may differ, since no result has either.
 */
export function allClose(a: Tensor, b: Tensor, options?: { rtol?: number; atol?: number }): boolean {
  const { rtol = 1e-5, atol = 1e-8 } = checkOptions('allClose', options, ['rtol', 'atol'])
  checkNumber('allClose', 'rtol', rtol)
  checkNumber('allClose', 'atol', atol)
  checkSameShape('allClose', 'a', a, 'b', b)
  return a.data.every((value, i) => {
    const other = b.data[i]
    return (
      value === other || (Number.isFinite(other) && Math.abs(value - other) <= atol + rtol * Math.abs(other))
    )
  })
}

function checkSameShape(operation: string, nameOfA: string, a: Tensor, nameOfB: string, b: Tensor): void {
  checkTensor(operation, nameOfA, a)
  checkTensor(operation, nameOfB, b)
  if (sameShape(a.shape, b.shape)) return
  throw new RangeError(`${operation}: shapes ${showShape(a.shape)} and ${showShape(b.shape)} must be equal`)
}
