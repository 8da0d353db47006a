import type { DType } from '@gosa/linalg'

/** How a derivative is found numerically. */
export type Method = 'central' | 'five-point' | 'richardson'

/** The distance from 1 to the next number: 2⁻⁵² and 2⁻²³. */
export const epsilonOf = (dtype: DType): number => (dtype === 'float32' ? 2 ** -23 : Number.EPSILON)

/**
 * The step h for an entry with the given value: where the rounding of f, `ε/h`, and the formula's own error, a multiple
 * of `hᵖ`, add up to least, `h = ε^(1/(p+1))` for values up to 1, in proportion to larger ones. Rounded to a power
 * of 2, so that moving by h rounds little. Richardson's extrapolation starts far out and finds its own.
 */
export function stepFor(method: Method, value: number, dtype: DType): number {
  const size = Math.max(1, Math.abs(value))
  if (method === 'richardson') return powerOf2(size / 64)
  return powerOf2(size * epsilonOf(dtype) ** (method === 'central' ? 1 / 3 : 1 / 5))
}

const powerOf2 = (size: number): number => 2 ** Math.round(Math.log2(size))
