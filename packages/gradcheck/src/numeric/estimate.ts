/** Estimates of a derivative with an error bound, and the arithmetic of their intervals. */

/** A numerical derivative with a bound of its error. */
export interface DerivativeEstimate {
  readonly value: number
  /** The true derivative is expected within `value ± error`. */
  readonly error: number
}

/** The estimate that excludes no value. */
export const UNKNOWN: DerivativeEstimate = { value: Number.NaN, error: Infinity }

/** Returns whether `derivative` lies within the error of the estimate. */
export const contains = ({ value, error }: DerivativeEstimate, derivative: number): boolean =>
  Math.abs(derivative - value) <= error

/** Intersects the intervals of two estimates of the same derivative; undefined if they contradict each other. */
export function intersect(a: DerivativeEstimate, b: DerivativeEstimate): DerivativeEstimate | undefined {
  if (a.error === Infinity) return b
  if (b.error === Infinity) return a
  const low = Math.max(a.value - a.error, b.value - b.error)
  const high = Math.min(a.value + a.error, b.value + b.error)
  return low <= high ? { value: (low + high) / 2, error: (high - low) / 2 } : undefined
}
