/** A whole number from `low` up, or a `RangeError` that names it. */
export function checkWhole(name: string, value: number, low: number): number {
  if (Number.isSafeInteger(value) && value >= low) return value
  throw new RangeError(`${name} must be a whole number from ${low} up, not ${value}`)
}

/** A finite number from `low` up, or a `RangeError` that names it. */
export function checkFrom(name: string, value: number, low: number): number {
  if (Number.isFinite(value) && value >= low) return value
  throw new RangeError(`${name} must be a number from ${low} up, not ${value}`)
}
