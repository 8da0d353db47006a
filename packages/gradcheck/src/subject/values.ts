import { type FloatArray, type Rng, Tensor } from '@gosa/linalg'
import type { Value } from './types.ts'

/** The numbers of a value: a tensor's own, or an array with the number. */
export const numbersOf = (value: Value): FloatArray =>
  value instanceof Tensor ? value.data : Float64Array.of(value)

/** A value like the given one with other numbers. */
export function valueLike(value: Value, numbers: (i: number) => number): Value {
  if (!(value instanceof Tensor)) return numbers(0)
  const made = value.clone()
  for (let i = 0; i < made.size; i++) made.data[i] = numbers(i)
  return made
}

/** A copy that shares nothing. */
export const copyOf = (value: Value): Value => (value instanceof Tensor ? value.clone() : value)

/** A random `dout` for an output: numbers between ½ and 1½ with random signs, so that none hides its entry. */
export const randomDout = (output: Value, rng: Rng): Value =>
  valueLike(output, () => (rng.uniform() + 0.5) * (rng.integer(2) === 0 ? 1 : -1))

/** Another `dout` than the given one. */
export const halved = (dout: Value): Value => valueLike(dout, (k) => numbersOf(dout)[k] / 2)
