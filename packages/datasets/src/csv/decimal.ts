/** Decimal numbers of up to 22 digits to float64, rounded exactly once, without a string. */

/** Powers of ten that are exact in float64. */
export const POWERS_OF_10: Float64Array = Float64Array.from({ length: 23 }, (_, exponent) =>
  Number(`1e${exponent}`),
)

/** Digits that an integer of float64 holds for certain. */
const MAX_HIGH = 1e14

const [POINT, COMMA, ZERO] = [46, 44, 48]

/** 2^27 + 1 splits a float64 into two halves whose products are exact (T. J. Dekker, 1971). */
const SPLITTER = 134217729

/** Relative error of the correction below: a few roundings of 2^-53. */
const CORRECTION_ERROR = 2 ** -50

/**
 * Returns the number whose digits, with one point or comma among them, are `text` from `start` to `end`, times 10 to the
 * power of `exponent`: the float64 next to it, as `Number` returns. NaN if that takes more than this arithmetic; `Number`
 * knows it then.
 *
 * The digits are an integer, high · 10^k + low, which two float64 hold exactly. Dividing by a power of ten up to 10²² gives
 * a quotient and, from the exact remainder, a correction to it; where the correction is too close to the middle between
 * two float64 to tell, NaN is returned.
 *
 * Source: T. J. Dekker, A floating-point technique for extending the available precision, 1971.
 */
export function readDecimal(text: string, start: number, end: number, exponent: number): number {
  let high = 0
  let low = 0
  let lowDigits = 0
  let decimals = -exponent
  let isAfterPoint = false
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code === POINT || code === COMMA) {
      isAfterPoint = true
      continue
    }
    if (isAfterPoint) decimals++
    if (lowDigits === 0 && high < MAX_HIGH) high = high * 10 + (code - ZERO)
    else {
      low = low * 10 + (code - ZERO)
      lowDigits++
    }
  }
  if (lowDigits > 7 || decimals < 0 || decimals >= POWERS_OF_10.length) return Number.NaN
  const scale = POWERS_OF_10[lowDigits]
  const power = POWERS_OF_10[decimals]
  const integer = high * scale
  const rest = productError(high, scale, integer) + low
  const quotient = integer / power
  const back = quotient * power
  const remainder = integer - back - productError(quotient, power, back)
  const correction = (remainder + rest) / power
  const value = quotient + correction * (1 + CORRECTION_ERROR)
  return value === quotient + correction * (1 - CORRECTION_ERROR) ? value : Number.NaN
}

/** Returns a · b − product exactly, where product is a · b rounded. */
function productError(a: number, b: number, product: number): number {
  const aHigh = SPLITTER * a - (SPLITTER * a - a)
  const bHigh = SPLITTER * b - (SPLITTER * b - b)
  const [aLow, bLow] = [a - aHigh, b - bHigh]
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow)
}
