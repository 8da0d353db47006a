import { asNumber, shapeOf, type Value } from '../value.ts'

/** A number for the eye: six significant digits, three with an exponent where it is very small or large. */
export function showNumber(x: number): string {
  if (!Number.isFinite(x)) return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞'
  const size = Math.abs(x)
  const text =
    size !== 0 && (size < 1e-4 || size >= 1e9)
      ? x.toExponential(2)
      : String(Number(size < 1e6 ? x.toPrecision(6) : x.toFixed(0)))
  return text === '0' || text === '-0' ? '0' : text.replaceAll('-', '−')
}

/** A single number as it is, of anything larger its shape: `220`, `(100, 784)`. */
export function showValue(value: Value): string {
  const number = asNumber(value)
  return number === undefined ? `(${shapeOf(value).join(', ')})` : showNumber(number)
}

/** The same for a gradient: of what is larger than a number, how large it is at most. */
export function showGradient(value: Value): string {
  return typeof value === 'object' && value.size !== 1
    ? `max ${showShort(largest(value.data))}`
    : showValue(value)
}

/** The largest absolute value; NaN where there is one. */
export const largest = (data: Iterable<number>): number => {
  let found = 0
  for (const x of data) {
    if (Number.isNaN(x)) return Number.NaN
    if (Math.abs(x) > found) found = Math.abs(x)
  }
  return found
}

const showShort = (x: number): string => showNumber(Number(x.toPrecision(2)))
