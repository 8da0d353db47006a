import { type BinaryOperation, backend } from './backend.ts'
import { planBroadcast } from './broadcast.ts'
import { full } from './create.ts'
import type { DType, FloatArray } from './dtype.ts'
import { commonDtype, resultIn } from './operand.ts'
import { Tensor } from './tensor.ts'

/** Where a result is written instead of into a new tensor; it may be an operand of the result's shape. */
export interface OutOption {
  out?: Tensor
}

/** `a + b` with NumPy's broadcasting. Mixed dtypes and shapes that do not fit throw, as in all of these. */
export const add = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('add', a, b, options)

/** `a − b` with NumPy's broadcasting. */
export const sub = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('sub', a, b, options)

/** `a ⊙ b`, element by element, with NumPy's broadcasting. */
export const mul = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('mul', a, b, options)

/** `a / b`, element by element, with NumPy's broadcasting. */
export const div = (a: Tensor | number, b: Tensor | number, options?: OutOption): Tensor =>
  binary('div', a, b, options)

/** `x` where `by` is positive, else 0, with NumPy's broadcasting. NaN in `by` keeps `x`. */
export const maskPositive = (x: Tensor, by: Tensor, options?: OutOption): Tensor =>
  binary('mask', x, by, options)

/** `factor·x`. */
export const scale = (x: Tensor, factor: number, options?: OutOption): Tensor =>
  binary('mul', x, factor, options)

function binary(
  operation: BinaryOperation,
  a: Tensor | number,
  b: Tensor | number,
  { out }: OutOption = {},
): Tensor {
  const dtype = a instanceof Tensor ? a.dtype : b instanceof Tensor ? b.dtype : 'float64'
  const [x, y] = [asTensor(a, dtype, operation), asTensor(b, dtype, operation)]
  const { shape, size, aStep, bStep, blocks } = planBroadcast(x.shape, y.shape, operation)
  const result = resultIn(out, shape, commonDtype(operation, x, y), operation)
  const blockSize = size.rows * size.columns
  blocks.forEach(({ a: aStart, b: bStart }, i) => {
    const part = blocks.length === 1 ? result.data : result.data.subarray(i * blockSize, (i + 1) * blockSize)
    backend().binary(operation, from(x.data, aStart), aStep, from(y.data, bStart), bStep, part, size)
  })
  return result
}

/** What lies behind the first `start` elements. */
const from = (x: FloatArray, start: number): FloatArray => (start === 0 ? x : x.subarray(start))

function asTensor(x: Tensor | number, dtype: DType, what: string): Tensor {
  if (x instanceof Tensor) return x
  if (typeof x === 'number') return full([], x, { dtype })
  if (isOfAnotherCopy(x)) {
    throw new TypeError(
      `${what}: an operand is a tensor of another copy of @gosa/linalg (its CommonJS build beside the ES modules, or another version): load one copy, or convert it with tensor(x.data, { shape: x.shape })`,
    )
  }
  throw new TypeError(`${what}: operands must be tensors or numbers; tensor(…) converts arrays`)
}

const isOfAnotherCopy = (x: Partial<Tensor> | null | undefined): boolean =>
  ArrayBuffer.isView(x?.data) && Array.isArray(x.shape)
