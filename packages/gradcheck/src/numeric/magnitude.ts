/** Magnitudes of numbers: the largest, the typical, and how far two differ in proportion to theirs. */

/** The largest absolute value; 0 for no numbers, NaN if any is NaN. */
export function maxAbs(numbers: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]))
  return largest
}

/** The largest absolute value of those that are not NaN; 0 for no numbers. */
export function maxAbsIgnoringNaN(numbers: ArrayLike<number>): number {
  let largest = 0
  for (let i = 0; i < numbers.length; i++) largest = Math.max(largest, Math.abs(numbers[i]) || 0)
  return largest
}

/** The root mean square, scaled so that it neither overflows nor underflows; NaN counts as 0; 0 for no numbers. */
export function rootMeanSquare(numbers: ArrayLike<number>): number {
  const largest = maxAbsIgnoringNaN(numbers)
  if (largest === 0 || largest === Infinity) return 0
  let total = 0
  for (let i = 0; i < numbers.length; i++) total += ((numbers[i] || 0) / largest) ** 2
  return largest * Math.sqrt(total / numbers.length)
}

/**
 * The relative error of two numbers, measured against the larger one: 0 if they are equal, 2 if only the signs differ.
 *
 *     |a − b| / max(|a|, |b|, floor)
 *
 * Numbers below `floor` are measured against it. Returns NaN if either number is NaN or infinite and they differ.
 */
export function relativeError(a: number, b: number, floor = 0): number {
  if (a === b) return 0
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), floor)
}
