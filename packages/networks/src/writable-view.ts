import { sameShape, showShape, type Tensor } from '@gosa/linalg'

/**
 * An object that shows tensors by name; assigning to a name copies the elements into the tensor that is there, so
 * that the tensor's owner sees the change. Throws where shape or dtype differ, and for a name that is not there.
 */
export function writableView<T extends Record<string, Tensor>>(tensors: T): T {
  const view = {}
  for (const [name, own] of Object.entries(tensors)) {
    Object.defineProperty(view, name, {
      enumerable: true,
      get: () => own,
      set(given: Tensor) {
        if (!sameShape(own.shape, given.shape) || own.dtype !== given.dtype) {
          throw new RangeError(
            `params.${name} is ${showShape(own.shape)} ${own.dtype}; ` +
              `a tensor of ${showShape(given.shape)} ${given.dtype} does not fit`,
          )
        }
        own.data.set(given.data)
      },
    })
  }
  return Object.preventExtensions(view) as T
}
