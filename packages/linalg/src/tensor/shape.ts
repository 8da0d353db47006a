/** Shapes and element types: sizes, strides, axes and broadcasting, with the error messages that all operations share. */
import { showValue } from '../check-options.ts'

/** The element type of a tensor, named as in NumPy. */
export type DType = 'float32' | 'float64'

/** The typed array that holds a tensor's elements. */
export type FloatArray = Float32Array | Float64Array

/** Returns the element type of a typed array. */
export const dtypeOf = (data: FloatArray): DType => (data instanceof Float32Array ? 'float32' : 'float64')

/** Returns a new array of zeros. */
export const allocate = (size: number, dtype: DType): FloatArray =>
  dtype === 'float32' ? new Float32Array(size) : new Float64Array(size)

/** Returns the dtype. Throws a `TypeError` if there is none of this name. */
export function checkDtype(dtype: DType, operation: string): DType {
  if (dtype === 'float32' || dtype === 'float64') return dtype
  throw new TypeError(`${operation}: dtype must be 'float32' or 'float64', not ${showValue(dtype)}`)
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
export const showShape = (shape: Shape): string => `(${shape.map(String).join(', ')})`

/** Whether two shapes are equal, axis by axis. */
export function sameShape(a: Shape, b: Shape): boolean {
  // A loop, since every operation calls this several times.
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false
  return a.length === b.length
}

/** Throws a `TypeError` unless a shape is an array, a `RangeError` unless every length is an integer of at least 0. */
export function checkShape(shape: Shape, operation: string): void {
  checkArray(shape, 'shape', 'lengths', operation)
  if (!shape.every((length) => Number.isInteger(length) && length >= 0)) {
    throw new RangeError(
      `${operation}: the lengths of shape ${showShape(shape)} must be integers of at least 0`,
    )
  }
}

/** Throws a `TypeError` unless the argument `name` is an array of `elements`, whatever these are. */
export function checkArray(value: unknown, name: string, elements: string, operation: string): void {
  if (Array.isArray(value)) return
  throw new TypeError(`${operation}: ${name} must be an array of ${elements}, not ${showValue(value)}`)
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
  if (Number.isInteger(axis) && axis >= -rank && axis < rank) return axis < 0 ? axis + rank : axis
  throw new RangeError(
    `${operation}: axis ${showValue(axis)} does not exist in a tensor of rank ${rank}: use ${-rank} to ${rank - 1}`,
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
