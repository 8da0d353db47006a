/** Values and gradients as short texts. */
import { formatTypeset } from '@gosa/charts/text'
import type { NumberOrTensor } from '@gosa/linalg'
import { showValue as describe } from '@gosa/linalg/options'
import { asNumber, largestMagnitude, shapeOf } from '../values.ts'

/** A number as in the pictures: six significant digits, three with an exponent if it is very small or large. */
export function showNumber(x: number): string {
  if (typeof x === 'number') return formatTypeset(x)
  throw new TypeError(`showNumber: a number is needed, not ${describe(x)}`)
}

/** A single number, or the shape of a larger value: `220`, `(100, 784)`. */
export function showValue(value: NumberOrTensor): string {
  const number = asNumber(value)
  return number === undefined ? `(${shapeOf(value).join(', ')})` : showNumber(number)
}

/** A single number, or the largest absolute value of a larger gradient: `2.2`, `max 0.013`. */
export function showGradient(value: NumberOrTensor): string {
  if (typeof value !== 'object' || value.size === 1) return showValue(value)
  return `max ${showNumber(Number(largestMagnitude(value.data).toPrecision(2)))}`
}
