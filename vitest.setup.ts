import { expect } from 'vitest'

interface TensorLike {
  readonly shape: readonly number[]
  readonly dtype: string
  readonly data: ArrayLike<number>
}

const isTensor = (value: unknown): value is TensorLike =>
  typeof value === 'object' && value !== null && 'shape' in value && 'dtype' in value && 'data' in value

// The elements of a tensor are private: without this, `toEqual` would consider two tensors of one shape equal.
expect.addEqualityTesters([
  function (this, a, b) {
    if (!isTensor(a) || !isTensor(b)) return undefined
    return this.equals([a.dtype, a.shape, a.data], [b.dtype, b.shape, b.data])
  },
])
