/** Estimates of a derivative with an error bound, and how two are combined. */

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

/**
 * Combines two estimates of the same derivative: the more precise one, its value moved into the interval of the other; undefined if
 * the intervals contradict each other. The error stays that of the more precise one: intervals that barely overlap are no proof of
 * precision.
 */
export function combine(a: DerivativeEstimate, b: DerivativeEstimate): DerivativeEstimate | undefined {
  const [precise, other] = a.error <= b.error ? [a, b] : [b, a]
  if (other.error === Infinity) return precise
  if (Math.abs(a.value - b.value) > a.error + b.error) return undefined
  const value = Math.min(Math.max(precise.value, other.value - other.error), other.value + other.error)
  return { value, error: precise.error }
}
