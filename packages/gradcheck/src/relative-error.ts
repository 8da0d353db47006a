/**
 * How far two numbers are apart, measured against the larger one: 0 where they are equal, 2 where only the signs differ.
 *
 *     |a − b| / max(|a|, |b|, floor)
 *
 * With a `floor`, numbers below it are measured against the floor. NaN where either is NaN or infinite and they differ.
 */
export function relativeError(a: number, b: number, floor = 0): number {
  if (a === b) return 0
  return Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b), floor)
}
