import { type Arena, backend } from './backend.ts'
import { allocate, type DType } from './dtype.ts'
import { type Shape, sameShape, sizeOf } from './shape.ts'
import { moveElements, Tensor } from './tensor.ts'

/** From so many bytes on copying what a workspace holds takes longer than to make a memory for it. */
const PAYS = 2 ** 14

/** So many shapes are kept of each result, such as those of whole batches and of the last, smaller one. */
const SHAPES = 3

/** Results of more bytes are not kept: to make them anew takes little beside what is computed, and they would stay. */
const KEPT = 2 ** 24

/** Room for buffers beside what is held and its gradients, in bytes; what finds no room is an ordinary array. */
const BUFFERS = 2 ** 23

/**
 * Work buffers for a computation that is repeated with the same shapes, such as a training step: the tensor that an
 * operation made in one `run`, the same operation of the next `run` writes into, so that nothing is allocated anew.
 *
 * Therefore tensors that were made during a run are overwritten by the next one: `clone` what is to outlive it. Numbers
 * are the same with and without.
 *
 * Tensors that it `holds`, the weights, move to memory in which kernels work, where there is such, as do its buffers, so
 * that nothing need be copied for them. Their `data` become other arrays, parts of a larger `buffer`, and stay these: hand
 * them over before anybody else has them.
 */
export class Workspace {
  /** For each operation of a run its results, one for each shape. */
  readonly #tensors: Tensor[][] = []
  readonly #arena?: Arena
  /** In bytes. */
  readonly #large: number
  #used = 0
  #running = false

  constructor({ holds = [] }: { holds?: readonly Tensor[] } = {}) {
    const bytes = holds.reduce((sum, { data }) => sum + data.byteLength, 0)
    this.#large = Math.max(bytes, BUFFERS / 8)
    if (bytes < PAYS) return
    this.#arena = backend().arena?.(2 * bytes + BUFFERS)
    for (const tensor of holds) {
      const data = this.#arena?.allocate(tensor.size, tensor.dtype)
      if (data) moveElements(tensor, data)
    }
  }

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

  /** A tensor that was made at this point of an earlier run, if one fits, else a new one. */
  next(shape: Shape, dtype: DType): Tensor {
    this.#tensors[this.#used] ??= []
    const kept = this.#tensors[this.#used++]
    for (const tensor of kept) {
      if (tensor.dtype === dtype && sameShape(tensor.shape, shape)) return tensor
    }
    const size = sizeOf(shape)
    const bytes = size * (dtype === 'float32' ? 4 : 8)
    // What is large would take the room of many others.
    const near = bytes <= this.#large ? this.#arena?.allocate(size, dtype) : undefined
    const tensor = new Tensor(near ?? allocate(size, dtype), shape)
    if (bytes <= KEPT && kept.unshift(tensor) > SHAPES) kept.pop()
    return tensor
  }
}

let current: Workspace | undefined

/** A tensor for a result, all of whose elements will be written: of the workspace that is running, or a new one. */
export const resultTensor = (shape: Shape, dtype: DType): Tensor =>
  current ? current.next(shape, dtype) : new Tensor(allocate(sizeOf(shape), dtype), shape)
