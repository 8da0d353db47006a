/** Operands for tests of kernels, and the comparison of results by their bits. */
import { expect } from 'vitest'
import { createRng } from '../../tensor/rng.ts'
import type { FloatArray } from '../../tensor/shape.ts'

/** Values that kernels get wrong first: signed zeros, infinities, NaN, denormals of both dtypes, near overflow. */
export const special = [
  0,
  -0,
  Infinity,
  -Infinity,
  Number.NaN,
  5e-324,
  -5e-324,
  1e-45,
  1e-310,
  -1e-39,
  3e38,
  -1e300,
]

/** Returns normal deviates, of which a share is replaced by special values. */
export function numbers(count: number, single: boolean, seed: number, specialShare = 0): FloatArray {
  const rng = createRng(seed)
  const data = single ? new Float32Array(count) : new Float64Array(count)
  for (let i = 0; i < count; i++) {
    data[i] = rng.uniform() < specialShare ? special[rng.integer(special.length)] : rng.normal()
  }
  return data
}

/** Returns a new array of the same type. */
export const like = (x: FloatArray, count: number): FloatArray =>
  x instanceof Float32Array ? new Float32Array(count) : new Float64Array(count)

/** Fails unless all elements have the same bits (all NaN are equal); faster than `toEqual` for long arrays. */
export function expectSame(got: FloatArray, expected: FloatArray): void {
  const i = got.findIndex((value, index) => !Object.is(value, expected[index]))
  expect(got.length).toBe(expected.length)
  expect(i < 0 ? 'the same' : `[${i}] ${got[i]}`).toBe(i < 0 ? 'the same' : `[${i}] ${expected[i]}`)
}
