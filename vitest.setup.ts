/// <reference types="node" />
import fc from 'fast-check'
import { expect } from 'vitest'

// One commit, one verdict: properties are tried with the same random inputs each time. `FAST_CHECK_SEED=random` tries others; a
// number repeats what a run reported.
const { FAST_CHECK_SEED } = process.env
if (FAST_CHECK_SEED !== 'random') fc.configureGlobal({ seed: Number(FAST_CHECK_SEED ?? 1) })

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
