/** What every operation checks of its operands and of `out`: dtypes, shapes, memory that they share. */
import { CsrMatrix } from '../sparse/csr-matrix.ts'
import { type DType, type FloatArray, type Shape, sameShape, showShape } from '../tensor/shape.ts'
import { checkTensor, type Tensor } from '../tensor/tensor.ts'
import { resultTensor } from './workspace.ts'

/** The option of most operations to write into a tensor that exists. */
export interface OutOption {
  /** Receives the result, in place of a new tensor: of the result's shape and dtype. */
  out?: Tensor
}

/** The options of an operation that has no others. */
export const OUT = ['out'] as const

/** Returns the dtype that two operands share. Throws a `TypeError` that names `astype` if they differ. */
export function commonDtype(operation: string, a: Tensor, b: Tensor): DType {
  if (a.dtype === b.dtype) return a.dtype
  throw new TypeError(
    `${operation}: ${showShape(a.shape)} is ${a.dtype} and ${showShape(b.shape)} ${b.dtype}, which do not mix: ` +
      `convert the first with astype('${b.dtype}'), or the second with astype('${a.dtype}')`,
  )
}

/**
 * Returns `out` if it is given, else a new tensor (or a buffer of the running `Workspace`), all of whose elements the
 * operation must write. Throws if shape or dtype of `out` do not fit.
 */
export function resultIn(out: Tensor | undefined, shape: Shape, dtype: DType, operation: string): Tensor {
  if (out === undefined) return resultTensor(shape, dtype)
  checkTensor(operation, 'out', out)
  if (!sameShape(out.shape, shape)) {
    throw new RangeError(
      `${operation}: out has shape ${showShape(out.shape)}, but the result has ${showShape(shape)}`,
    )
  }
  if (out instanceof CsrMatrix) {
    throw new TypeError(`${operation}: out is a compressed matrix, which only takeRows writes into`)
  }
  if (out.dtype !== dtype) {
    throw new TypeError(`${operation}: out is ${out.dtype}, but the result is ${dtype}`)
  }
  return out
}

/**
 * Throws a `RangeError` if the result shares elements with an operand, which would be overwritten before it is read. That
 * happens by `out`, and also in a workspace, if the operand is the result of the same operation in an earlier run.
 */
export function checkNoOverlap(operation: string, result: Tensor, x: Tensor): void {
  if (overlaps(result.data, x.data)) {
    throw new RangeError(`${operation}: out must not share its elements with an operand`)
  }
}

/**
 * The same for an operation element by element, whose result may replace an operand: exactly its elements, in its order. A
 * row that is repeated, or shifted rows, would be overwritten before they are read.
 */
export function checkSameOrNoOverlap(
  operation: string,
  result: Tensor,
  x: Tensor,
  out: Tensor | undefined,
): void {
  const [a, b] = [result.data, x.data]
  // Without `out` the result is a whole array, of which an operand of its size is not a part.
  if (a === b || (out === undefined && a.length === b.length)) return
  if (overlaps(a, b) && (a.byteOffset !== b.byteOffset || a.length !== b.length)) {
    throw new RangeError(
      `${operation}: out shares some of its elements with an operand: it must be all of the operand, or none of it`,
    )
  }
}

const overlaps = (a: FloatArray, b: FloatArray): boolean =>
  a.buffer === b.buffer &&
  a.byteOffset < b.byteOffset + b.byteLength &&
  b.byteOffset < a.byteOffset + a.byteLength
