/** Shapes and element types: sizes, strides, axes and broadcasting, with the error messages that all operations share. */

/** The element type of a tensor, named as in NumPy. */
export type DType = 'float32' | 'float64'

/** The typed array that holds a tensor's elements. */
export type FloatArray = Float32Array | Float64Array

/** Returns the element type of a typed array. */
export const dtypeOf = (data: FloatArray): DType => (data instanceof Float32Array ? 'float32' : 'float64')

/** Returns a new array of zeros. Throws a `TypeError` for an unknown dtype. */
export function allocate(size: number, dtype: DType): FloatArray {
  if (dtype === 'float32') return new Float32Array(size)
  if (dtype === 'float64') return new Float64Array(size)
  throw new TypeError(`dtype ${JSON.stringify(dtype)} does not exist: use 'float32' or 'float64'`)
}

/** Lengths of the axes, outermost first: `[]` a scalar, `[3]` a vector, `[2, 3]` a matrix. */
export type Shape = readonly number[]

/** Returns the number of elements: the product of the lengths. */
export function sizeOf(shape: Shape): number {
  let size = 1
  for (const length of shape) size *= length
  return size
}

/** Returns `(2, 3)`, the form in which every message shows a shape. */
export const showShape = (shape: Shape): string => `(${shape.join(', ')})`

/** Whether two shapes are equal, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  // A loop, since every operation calls this several times.
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return a.length === b.length
}

/** Throws a `RangeError` unless every length is an integer of at least 0. */
export function checkShape(shape: Shape, operation: string): void {
  if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new RangeError(
      `${operation}: the lengths of shape ${showShape(shape)} must be integers of at least 0`,
    )
  }
}

/** Returns the row-major strides: the distance in elements between neighbours along each axis. */
export function stridesOf(shape: Shape): number[] {
  const strides = new Array<number>(shape.length)
  for (let axis = shape.length - 1, stride = 1; axis >= 0; axis--) {
    strides[axis] = stride
    stride *= shape[axis]
  }
  return strides
}

/** Returns the axis counted from the front; −1 is the last. Throws a `RangeError` if it does not exist. */
export function checkAxis(axis: number, rank: number, operation: string): number {
  const fromFront = axis < 0 ? axis + rank : axis
  if (Number.isInteger(axis) && fromFront >= 0 && fromFront < rank) return fromFront
  throw new RangeError(
    `${operation}: axis ${axis} does not exist in a tensor of rank ${rank}: use ${-rank} to ${rank - 1}`,
  )
}

/**
 * Returns the shape to which two shapes broadcast, by NumPy's rule: aligned at the last axis, lengths are equal or one of
 * them is 1. Throws a `RangeError` that shows both shapes if they do not fit.
 */
export function broadcastShape(a: Shape, b: Shape, operation: string): Shape {
  if (b.length === 0 || sameShape(a, b)) return a
  const shape = new Array<number>(Math.max(a.length, b.length))
  for (let back = 1; back <= shape.length; back++) {
    const m = back <= a.length ? a[a.length - back] : 1
    const n = back <= b.length ? b[b.length - back] : 1
    if (m !== n && m !== 1 && n !== 1) {
      throw new RangeError(
        `${operation}: shapes ${showShape(a)} and ${showShape(b)} do not broadcast: ` +
          `counted from the last axis, lengths must be equal or 1, and ${m} meets ${n}`,
      )
    }
    shape[shape.length - back] = m === 1 ? n : m
  }
  return shape
}
