import { allocate, type DType } from './dtype.ts'
import { type Shape, sameShape, sizeOf } from './shape.ts'
import { Tensor } from './tensor.ts'

/**
 * Work buffers for a computation that is repeated with the same shapes, such as a training step: the tensor that an
 * operation made in one `run`, the same operation of the next `run` writes into, so that nothing is allocated anew.
 *
 * Therefore tensors that were made during a run are overwritten by the next one: `clone` what is to outlive it. Numbers
 * are the same with and without.
 */
export class Workspace {
  readonly #tensors: Tensor[] = []
  #used = 0
  #running = false

  /** Computes with these buffers; a run within a run goes on with them. Answers what `compute` answers. */
  run<T>(compute: () => T): T {
    const [outer, outermost] = [current, !this.#running]
    if (outermost) this.#used = 0
    this.#running = true
    current = this
    try {
      return compute()
    } finally {
      current = outer
      if (outermost) this.#running = false
    }
  }

  /** The tensor that was made at this point of the latest run, if it fits, else a new one. */
  next(shape: Shape, dtype: DType): Tensor {
    const kept = this.#tensors[this.#used]
    const fits = kept !== undefined && kept.dtype === dtype && sameShape(kept.shape, shape)
    const tensor = fits ? kept : newTensor(shape, dtype)
    this.#tensors[this.#used++] = tensor
    return tensor
  }
}

let current: Workspace | undefined

const newTensor = (shape: Shape, dtype: DType): Tensor => new Tensor(allocate(sizeOf(shape), dtype), shape)

/** A tensor for a result, all of whose elements will be written: of the workspace that is running, or a new one. */
export const resultTensor = (shape: Shape, dtype: DType): Tensor =>
  current ? current.next(shape, dtype) : newTensor(shape, dtype)
