import type { DType } from './dtype.ts'
import { type Shape, sameShape, showShape } from './shape.ts'
import { SparseMatrix } from './sparse.ts'
import type { Tensor } from './tensor.ts'
import { resultTensor } from './workspace.ts'

/** The dtype that the operands share. Throws a `TypeError` that names `astype` where they differ. */
export function commonDtype(what: string, a: Tensor, b: Tensor): DType {
  if (a.dtype === b.dtype) return a.dtype
  throw new TypeError(
    `${what}: ${a.dtype} and ${b.dtype} do not mix: convert one with x.astype('${a.dtype}') first`,
  )
}

/** `out` if one was given and fits, else a new tensor (or one of the running `Workspace`). Throws where shape or dtype do not fit. */
export function resultIn(out: Tensor | undefined, shape: Shape, dtype: DType, what: string): Tensor {
  if (out === undefined) return resultTensor(shape, dtype)
  if (!sameShape(out.shape, shape)) {
    throw new RangeError(
      `${what}: out has shape ${showShape(out.shape)}, but the result has ${showShape(shape)}`,
    )
  }
  if (out instanceof SparseMatrix) {
    throw new TypeError(`${what}: out is a compressed matrix, which only takeRows writes into`)
  }
  if (out.dtype !== dtype) throw new TypeError(`${what}: out is ${out.dtype}, but the result is ${dtype}`)
  return out
}
