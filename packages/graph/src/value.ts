import { add, full, Tensor } from '@gosa/linalg'

/** What flows along the arrows of a graph. */
export type Value = number | Tensor

export const isValue = (value: unknown): value is Value =>
  typeof value === 'number' || value instanceof Tensor

/** A copy with elements of its own, so that no layer's buffer is ever held. */
export const copyOf = <T extends Value>(value: T): T =>
  value instanceof Tensor ? (value.clone() as T & Tensor) : value

/** `[]` for a number, as for a scalar tensor. */
export const shapeOf = (value: Value): readonly number[] => (value instanceof Tensor ? value.shape : [])

/** The number that a value is, be it in a tensor of one element; undefined where there are more, or none. */
export function asNumber(value: Value | undefined): number | undefined {
  if (typeof value !== 'object') return value
  return value.size === 1 ? value.data[0] : undefined
}

/** The sum of two gradients that meet in one value. */
export const plus = (a: Value, b: Value): Value =>
  typeof a === 'number' || typeof b === 'number' ? Number(a) + Number(b) : add(a, b)

/** Ones in the form of `value`. */
export const onesLike = (value: Value): Value =>
  value instanceof Tensor ? full(value.shape, 1, { dtype: value.dtype }) : 1
