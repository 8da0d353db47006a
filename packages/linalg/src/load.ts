import { backend } from './backend.ts'
import { moveElements, type Tensor } from './tensor.ts'

/**
 * Computes while the given tensors are loaded into the memory in which the kernels work, so that an operation with a
 * large one of them need not copy it: for many operations on few samples, as in numerical gradients. Where they do not
 * fit (2 MB), share elements, or others are loaded already, it simply computes. Numbers are the same with and without. Answers what
 * `compute` answers.
 *
 * Meanwhile `data` of a loaded tensor is another array: what is kept of it from before, or from the computation
 * beyond its end, is not the tensor's any more. Afterwards its old array has the elements, even if `compute` throws.
 */
export function withLoaded<T>(tensors: readonly Tensor[], compute: () => T): T {
  const arrays = tensors.map(({ data }) => data)
  const apart = new Set(arrays.map(({ buffer }) => buffer)).size === arrays.length
  const loaded = apart ? backend().load?.(arrays) : undefined
  if (!loaded) return compute()
  const before = tensors.map((tensor, i) => moveElements(tensor, loaded.arrays[i]))
  try {
    return compute()
  } finally {
    tensors.forEach((tensor, i) => {
      before[i].set(tensor.data)
      moveElements(tensor, before[i])
    })
    loaded.release()
  }
}
