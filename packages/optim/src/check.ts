import { sameShape, showShape } from '@gosa/linalg'
import type { Parameter } from './optimizer.ts'

/** Throws where names repeat or a gradient does not fit its value, before anything is written. */
export function checkParameters(parameters: readonly Parameter[], optimizer: string): void {
  const names = new Set<string>()
  for (const { name, value, grad } of parameters) {
    if (names.has(name))
      throw new RangeError(`${optimizer}: two parameters are called ${name}; names must differ`)
    names.add(name)
    if (!sameShape(value.shape, grad.shape) || value.dtype !== grad.dtype) {
      throw new RangeError(
        `${optimizer}: ${name} is ${showShape(value.shape)} ${value.dtype}, ` +
          `but its gradient is ${showShape(grad.shape)} ${grad.dtype}`,
      )
    }
  }
}

/** A number that must lie from `low` to below `high`, or a `RangeError` that names it. */
export function checkRange(name: string, value: number, low: number, high = Infinity): number {
  if (typeof value === 'number' && value >= low && value < high) return value
  const range = high === Infinity ? `a number from ${low} up` : `from ${low} to below ${high}`
  throw new RangeError(`${name} must be ${range}, not ${value}`)
}
