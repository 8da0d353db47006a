import { type FloatArray, type NumberOrTensor, type Shape, showShape, Tensor } from '@gosa/linalg'

/** Numbers and tensors alike: reading, copying and converting them, and naming their entries. */

/** The elements of a tensor, or an array with the number. */
export const elementsOf = (value: NumberOrTensor): FloatArray =>
  value instanceof Tensor ? value.data : Float64Array.of(value)

/** A value of the same kind, shape and dtype with other elements. */
export function valueLike(value: NumberOrTensor, element: (i: number) => number): NumberOrTensor {
  if (!(value instanceof Tensor)) return element(0)
  const made = value.clone()
  for (let i = 0; i < made.size; i++) made.data[i] = element(i)
  return made
}

/** A copy that shares no memory. */
export const copyOf = (value: NumberOrTensor): NumberOrTensor =>
  value instanceof Tensor ? value.clone() : value

/** Whether a value is a float32 tensor. */
export const isFloat32 = (value: unknown): boolean => value instanceof Tensor && value.dtype === 'float32'

/** Converts a float32 tensor to float64; returns anything else unchanged. */
export const toFloat64 = <T>(value: T): T =>
  value instanceof Tensor && value.dtype === 'float32' ? (value.astype('float64') as T & Tensor) : value

/** The index along each axis of the i-th element in row-major order. */
export function unravelIndex(i: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length)
  for (let axis = shape.length - 1, rest = i; axis >= 0; axis--) {
    index[axis] = rest % shape[axis]
    rest = Math.floor(rest / shape[axis])
  }
  return index
}

/** Names an entry: `x (0, 1)`, or `x` alone for a number. */
export const entryName = (name: string, i: number, shape: Shape): string =>
  shape.length === 0 ? name : `${name} ${showShape(unravelIndex(i, shape))}`
