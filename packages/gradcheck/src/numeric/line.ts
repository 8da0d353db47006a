import type { Tensor } from '@gosa/linalg'

/** A function of one number: the value of some f where its argument is moved by t along a straight line. */
export interface Line {
  /** The value at t. */
  at(t: number): number
  /** How far the latest call really moved: t, but for the rounding of the numbers that were moved. */
  readonly moved: number
  /** By how much the values so far may be off from rounding; 0 where nothing is known. */
  readonly noise: number
  /** The same of the latest value. */
  readonly latestNoise: number
}

/** The line along entry `i` of `x`: each call of `at` changes that entry in place; the caller puts it back. */
export function entryLine(f: (x: Tensor) => number, x: Tensor, i: number): Line {
  const { data } = x
  const start = data[i]
  let moved = 0
  return {
    at(t) {
      data[i] = start + t
      // Read back, since float32 keeps less than what was added.
      moved = data[i] - start
      return f(x)
    },
    get moved() {
      return moved
    },
    noise: 0,
    latestNoise: 0,
  }
}

/** Runs `use` and puts entry `i` of `x` back as it was, bit for bit, also where `use` throws. */
export function restoring<T>(x: Tensor, i: number, use: () => T): T {
  const { data } = x
  const start = data[i]
  try {
    return use()
  } finally {
    data[i] = start
  }
}
