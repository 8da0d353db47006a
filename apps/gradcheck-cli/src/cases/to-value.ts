import { type NestedArray, Tensor, tensor } from '@gosa/linalg'

/** A tensor, whichever copy of `@gosa/linalg` it comes from. */
export type AnyTensor = Pick<Tensor, 'data' | 'shape'>

export function isTensor(value: unknown): value is AnyTensor {
  if (value instanceof Tensor) return true
  if (typeof value !== 'object' || value === null) return false
  const { data, shape } = value as Partial<AnyTensor>
  return (data instanceof Float64Array || data instanceof Float32Array) && Array.isArray(shape)
}

/** The value as a tensor of our own copy of `@gosa/linalg`, sharing its elements; anything else as it is. */
export const toOwn = (value: unknown): unknown =>
  isTensor(value) && !(value instanceof Tensor) ? new Tensor(value.data, value.shape) : value

/** A number or a tensor as it is, nested arrays as a tensor of float64. Throws a `TypeError` for anything else. */
export function toValue(value: unknown, what: string): number | Tensor {
  const own = toOwn(value)
  if (typeof own === 'number' || own instanceof Tensor) return own
  if (Array.isArray(own)) return tensor(own as NestedArray[])
  throw new TypeError(
    `${what} must be a tensor, a number or nested arrays of numbers, not ${describe(value)}`,
  )
}

const describe = (value: unknown): string =>
  typeof value === 'object' && value !== null ? `a ${value.constructor?.name ?? 'object'}` : String(value)
