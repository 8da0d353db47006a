import { type FloatArray, type NumberOrTensor, type Rng, type Shape, showShape, Tensor } from '@gosa/linalg'

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

/** A random `dout` for an output: values between ½ and 1½ with random signs, so that each entry counts. */
export const randomDout = (output: NumberOrTensor, rng: Rng): NumberOrTensor =>
  valueLike(output, () => (rng.uniform() + 0.5) * (rng.integer(2) === 0 ? 1 : -1))

/** Half of a `dout`: another one for the same output. */
export const halfOf = (dout: NumberOrTensor): NumberOrTensor =>
  valueLike(dout, (k) => elementsOf(dout)[k] / 2)

/** The factor between a number and the other number that replaces it. */
export const OTHER_NUMBER_FACTOR = 1.25

/**
 * Another input of the same shape. It has the same elements in reverse order, which the layer surely accepts; a single
 * number is multiplied by `OTHER_NUMBER_FACTOR`.
 */
export function otherInput(x: Tensor): Tensor {
  const other = x.clone()
  if (x.size === 1) other.data[0] *= OTHER_NUMBER_FACTOR
  else other.data.reverse()
  return other
}

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
