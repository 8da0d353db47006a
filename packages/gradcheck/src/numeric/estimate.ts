/** A number found numerically, and how far it may be from the true one. */
export interface Estimate {
  readonly value: number
  readonly error: number
}

/** An estimate of nothing: any number may be the true one. */
export const unknown: Estimate = { value: Number.NaN, error: Infinity }

/** Whether `claim` lies within the error of the estimate. */
export const holds = ({ value, error }: Estimate, claim: number): boolean => Math.abs(claim - value) <= error

/** What two estimates of the same number say together; undefined where they contradict each other. */
export function together(a: Estimate, b: Estimate): Estimate | undefined {
  if (a.error === Infinity) return b
  if (b.error === Infinity) return a
  const low = Math.max(a.value - a.error, b.value - b.error)
  const high = Math.min(a.value + a.error, b.value + b.error)
  return low <= high ? { value: (low + high) / 2, error: (high - low) / 2 } : undefined
}
