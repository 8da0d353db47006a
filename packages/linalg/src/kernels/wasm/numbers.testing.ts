import { expect } from 'vitest'
import type { FloatArray } from '../../tensor/dtype.ts'
import { createRng } from '../../tensor/rng.ts'

/** What kernels get wrong first: signed zeros, infinities, NaN, denormals of both dtypes, near overflow. */
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

/** Normally distributed numbers, some of them (by `share`) special. */
export function numbers(count: number, single: boolean, seed: number, share = 0): FloatArray {
  const rng = createRng(seed)
  const data = single ? new Float32Array(count) : new Float64Array(count)
  for (let i = 0; i < count; i++) {
    data[i] = rng.uniform() < share ? special[rng.integer(special.length)] : rng.normal()
  }
  return data
}

/** A new array of the same kind. */
export const like = (x: FloatArray, count: number): FloatArray =>
  x instanceof Float32Array ? new Float32Array(count) : new Float64Array(count)

/** Fails unless all elements are the same bits (NaN is NaN); quicker than `toEqual` on long arrays. */
export function expectSame(got: FloatArray, expected: FloatArray): void {
  const i = got.findIndex((value, place) => !Object.is(value, expected[place]))
  expect(got.length).toBe(expected.length)
  expect(i < 0 ? 'the same' : `[${i}] ${got[i]}`).toBe(i < 0 ? 'the same' : `[${i}] ${expected[i]}`)
}
