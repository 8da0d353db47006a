import type { DType } from '@gosa/linalg'

/** Where numbers lose their digits for being so small. */
const UNDERFLOW = 1e-300

/**
 * The first place where two gradients, computed by the code itself in two ways, are further apart than rounding explains,
 * measured against the largest number; −1 if there is none.
 */
export function firstDifference(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  dtype: DType,
  magnitude = Math.max(largestOf(a), largestOf(b)),
): number {
  const tolerance = (dtype === 'float32' ? 2e-4 : 1e-9) * magnitude + UNDERFLOW
  for (let i = 0; i < Math.max(a.length, b.length); i++) if (!(Math.abs(a[i] - b[i]) <= tolerance)) return i
  return -1
}

/** The largest absolute value; 0 of none. */
export function largestOf(numbers: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]))
  return largest
}
