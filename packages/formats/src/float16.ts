/** Half-precision floats, which npy and safetensors hold and JavaScript before 2025 has no typed array for. */

const EXPONENT_BIAS = 15
const FRACTION_BITS = 10
const MAX_EXPONENT = 31

/**
 * Returns the value of a half-precision float by its 16 bits: sign, 5 bits of exponent e, 10 bits of fraction f,
 *
 *     (−1)^sign · 2^(e−15) · (1 + f/1024)    or    (−1)^sign · 2^−14 · f/1024 for e = 0
 *
 * and infinite or NaN for e = 31. Float32 holds each of these values.
 *
 * Source: IEEE 754, binary16.
 */
export function float16ToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const exponent = (bits >>> FRACTION_BITS) & MAX_EXPONENT
  const fraction = (bits & 0x3ff) / 2 ** FRACTION_BITS
  if (exponent === MAX_EXPONENT) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN
  return exponent === 0
    ? sign * 2 ** (1 - EXPONENT_BIAS) * fraction
    : sign * 2 ** (exponent - EXPONENT_BIAS) * (1 + fraction)
}
