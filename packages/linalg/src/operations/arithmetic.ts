/** Arithmetic on two operands, element by element, with NumPy's broadcasting. */
import type { BinaryOperation } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import { full } from '../tensor/create.ts'
import type { DType, FloatArray } from '../tensor/dtype.ts'
import { Tensor } from '../tensor/tensor.ts'
import { planBroadcast } from './broadcast.ts'
import { commonDtype, type OutOption, resultIn } from './operand.ts'

/**
 * `a + b`, with NumPy's broadcasting. `out` may be an operand of the result's shape. Throws a `RangeError` if the shapes
 * do not broadcast, a `TypeError` for mixed dtypes; so do all operations of this file.
 */
export const add = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('add', a, b, options)

/** `a − b`, with NumPy's broadcasting. */
export const sub = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('sub', a, b, options)

/** `a ⊙ b`, with NumPy's broadcasting. */
export const mul = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('mul', a, b, options)

/** `a / b`, with NumPy's broadcasting. */
export const div = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('div', a, b, options)

/** `factor·x`. */
export const scale = (x: Tensor, factor: number, options?: OutOption): Tensor =>
  binary('mul', x, factor, options)

/**
 * `x` where `by` is positive, else 0, with NumPy's broadcasting: the gradient of `relu`. If an element of `by` is NaN,
 * `x` is kept.
 */
export const maskPositive = (x: Tensor, by: Tensor, options?: OutOption): Tensor =>
  binary('maskPositive', x, by, options)

function binary(
  operation: BinaryOperation,
  a: Tensor | number,
  b: Tensor | number,
  { out }: OutOption = {},
): Tensor {
  const dtype = a instanceof Tensor ? a.dtype : b instanceof Tensor ? b.dtype : 'float64'
  const [x, y] = [asTensor(a, dtype, operation), asTensor(b, dtype, operation)]
  const { shape, size, aStrides, bStrides, blocks } = planBroadcast(x.shape, y.shape, operation)
  const result = resultIn(out, shape, commonDtype(operation, x, y), operation)
  const blockSize = size.rows * size.columns
  blocks.forEach(({ a: aStart, b: bStart }, i) => {
    const block = blocks.length === 1 ? result.data : result.data.subarray(i * blockSize, (i + 1) * blockSize)
    backend().binary(operation, from(x.data, aStart), aStrides, from(y.data, bStart), bStrides, block, size)
  })
  return result
}

const from = (x: FloatArray, start: number): FloatArray => (start === 0 ? x : x.subarray(start))

/** Returns the operand itself, or a scalar tensor for a number. Throws a `TypeError` for anything else. */
export function asTensor(x: Tensor | number, dtype: DType, operation: string): Tensor {
  if (x instanceof Tensor) return x
  if (typeof x === 'number') return full([], x, { dtype })
  if (isOfAnotherCopy(x)) {
    throw new TypeError(
      `${operation}: an operand is a tensor of another copy of @gosa/linalg (its CommonJS build beside the ES modules, or another version): load one copy, or convert it with tensor(x.data, { shape: x.shape })`,
    )
  }
  throw new TypeError(`${operation}: operands must be tensors or numbers; tensor(…) converts arrays`)
}

const isOfAnotherCopy = (x: Partial<Tensor> | null | undefined): boolean =>
  ArrayBuffer.isView(x?.data) && Array.isArray(x.shape)
