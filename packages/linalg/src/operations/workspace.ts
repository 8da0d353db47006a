/** `Workspace`: reuses the tensors of a repeated computation, and places them where kernels use them without copying. */

import { checkFunction, checkOptions, showValue } from '../check-options.ts'
import type { KernelMemory } from '../kernels/backend.ts'
import { backend } from '../kernels/registry.ts'
import {
  allocate,
  checkArray,
  checkDtype,
  checkShape,
  type DType,
  type Shape,
  sameShape,
  sizeOf,
} from '../tensor/shape.ts'
import { checkTensor, rebindElements, Tensor } from '../tensor/tensor.ts'

/** Minimum size of the held tensors for a memory of their own: below, copying them takes less time than creating its memory. */
const MIN_HELD_BYTES = 2 ** 14

/** Maximum number of shapes cached per result: full batches, and the smaller last one. */
const MAX_CACHED_SHAPES = 3

/** Maximum size of a cached result: a larger one is cheap to allocate beside its computation, and would stay in memory. */
const MAX_CACHED_BYTES = 2 ** 24

/** Default size of the memory for buffers; buffers that do not fit are ordinary arrays. */
const BUFFER_BYTES = 2 ** 23

/** Maximum size of that memory. */
const MAX_BUFFER_BYTES = 2 ** 27

/** Maximum share of one buffer in it, unless the held tensors are larger: it must not take the place of many others. */
const MAX_SHARE = 1 / 8

/** The same if the size of all results is known. */
const MAX_SHARE_IF_KNOWN = 1 / 2

/** Options of `Workspace`. */
export interface WorkspaceOptions {
  /** Tensors that move to the memory of the kernels, such as weights. */
  holds?: readonly Tensor[]
  /** About how many bytes all results of a run take, besides gradients of the held tensors; at least 8 MiB, at most 128 MiB. */
  bufferBytes?: number
}

/**
 * Buffers for a computation that is repeated with the same shapes, such as a training step: each operation of a `run`
 * writes into the tensor that it returned in the previous `run`, so that nothing is allocated. Results have the same
 * bits with and without a workspace.
 *
 * Tensors returned during a run are therefore overwritten by the next run: `clone` those that must outlive it.
 *
 * The tensors that it `holds`, such as weights, move to memory that the kernels use in place, and so do its buffers, so
 * that they need not be copied for each operation. The `data` of a held tensor thereby becomes another array, a part of
 * a larger `buffer`, and then stays the same: create the workspace before anybody else keeps that array.
 */
export class Workspace {
  /** The results of each operation of a run, one for each shape. */
  readonly #results: Tensor[][] = []
  readonly #memory?: KernelMemory
  readonly #maxBufferBytes: number
  #used = 0
  #isRunning = false

  constructor(options?: WorkspaceOptions) {
    const { holds = [], bufferBytes = 0 } = checkOptions('Workspace', options, ['holds', 'bufferBytes'])
    checkArray(holds, 'holds', 'tensors', 'Workspace')
    for (const [i, tensor] of holds.entries()) checkTensor('Workspace', `holds[${i}]`, tensor)
    if (!(typeof bufferBytes === 'number' && bufferBytes >= 0)) {
      throw new RangeError(
        `Workspace: bufferBytes must be a number of at least 0, not ${showValue(bufferBytes)}`,
      )
    }
    const bytes = holds.reduce((sum, { data }) => sum + data.byteLength, 0)
    const forBuffers = Math.max(BUFFER_BYTES, Math.min(bufferBytes, MAX_BUFFER_BYTES))
    this.#maxBufferBytes = Math.max(
      bytes,
      BUFFER_BYTES * MAX_SHARE,
      forBuffers > BUFFER_BYTES ? forBuffers * MAX_SHARE_IF_KNOWN : 0,
    )
    if (bytes < MIN_HELD_BYTES && bufferBytes <= BUFFER_BYTES) return
    this.#memory = backend().createMemory?.(2 * bytes + forBuffers)
    for (const tensor of holds) {
      const data = this.#memory?.allocate(tensor.size, tensor.dtype)
      if (data) rebindElements(tensor, data)
    }
  }

  /** Returns what `compute` returns, with the buffers of this workspace. A run within a run continues with the next buffers. */
  run<T>(compute: () => T): T {
    checkFunction('Workspace.run', 'compute', compute)
    const [outer, isOutermost] = [current, !this.#isRunning]
    if (isOutermost) this.#used = 0
    this.#isRunning = true
    current = this
    try {
      return compute()
    } finally {
      current = outer
      if (isOutermost) this.#isRunning = false
    }
  }

  /** Returns the tensor that an earlier run created at this point, if shape and dtype fit, else a new one. */
  next(shape: Shape, dtype: DType): Tensor {
    this.#results[this.#used] ??= []
    const cached = this.#results[this.#used++]
    for (const tensor of cached) {
      if (tensor.dtype === dtype && sameShape(tensor.shape, shape)) return tensor
    }
    const size = sizeOf(shape)
    const bytes = size * (dtype === 'float32' ? 4 : 8)
    const inMemory = bytes <= this.#maxBufferBytes ? this.#memory?.allocate(size, dtype) : undefined
    const tensor = new Tensor(inMemory ?? allocate(size, dtype), shape)
    if (bytes <= MAX_CACHED_BYTES && cached.unshift(tensor) > MAX_CACHED_SHAPES) cached.pop()
    return tensor
  }
}

let current: Workspace | undefined

/** Returns a tensor for a result, with any elements: a buffer of the running workspace, or a new one. */
export const resultTensor = (shape: Shape, dtype: DType): Tensor =>
  current ? current.next(shape, dtype) : new Tensor(allocate(sizeOf(shape), dtype), shape)

/**
 * Returns a tensor with any elements, for the result of an operation of your own, which must write all of them. It is a buffer
 * of the running `Workspace`, which the next run overwrites, or a new tensor; float64 by default.
 *
 * Throws a `RangeError` unless the lengths of the shape are integers of at least 0, a `TypeError` for an unknown dtype.
 */
export function empty(shape: Shape, dtype: DType = 'float64'): Tensor {
  checkShape(shape, 'empty')
  return resultTensor(shape, checkDtype(dtype, 'empty'))
}
