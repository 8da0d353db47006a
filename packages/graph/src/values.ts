/** Operations on what flows along the edges of a graph: numbers and tensors alike. */
import { add, full, type NumberOrTensor, Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'

export const isNumberOrTensor = (value: unknown): value is NumberOrTensor =>
  typeof value === 'number' || value instanceof Tensor

/** A copy with its own elements, so that no buffer of a layer is ever kept. */
export const copyOf = <T extends NumberOrTensor>(value: T): T =>
  value instanceof Tensor ? (value.clone() as T & Tensor) : value

/** `[]` for a number, as for a scalar tensor. */
export const shapeOf = (value: NumberOrTensor): readonly number[] =>
  value instanceof Tensor ? value.shape : []

/** A number, or the only element of a tensor; `undefined` for a tensor with more elements or none. */
export function asNumber(value: NumberOrTensor | undefined): number | undefined {
  if (typeof value === 'number' || value === undefined) return value
  checkTensor('asNumber', 'value', value)
  return value.size === 1 ? value.data[0] : undefined
}

/** The sum of two gradients of one value. */
export const addValues = (a: NumberOrTensor, b: NumberOrTensor): NumberOrTensor =>
  typeof a === 'number' || typeof b === 'number' ? Number(a) + Number(b) : add(a, b)

/** 1, or a tensor of ones with the shape and dtype of `value`. */
export const onesLike = (value: NumberOrTensor): NumberOrTensor =>
  value instanceof Tensor ? full(value.shape, 1, { dtype: value.dtype }) : 1

/** The largest absolute value; NaN if there is one. */
export function largestMagnitude(data: Iterable<number>): number {
  let largest = 0
  for (const x of data) {
    if (Number.isNaN(x)) return Number.NaN
    if (Math.abs(x) > largest) largest = Math.abs(x)
  }
  return largest
}
