import type { DType } from '@gosa/linalg'

/** How a derivative is found numerically. */
export type Method = 'central' | 'five-point' | 'richardson'

/** The distance from 1 to the next number: 2⁻⁵² and 2⁻²³. */
export const epsilonOf = (dtype: DType): number => (dtype === 'float32' ? 2 ** -23 : Number.EPSILON)

/**
 * The step h for an entry of about the given size: where the rounding of f, `ε/h`, and the formula's own error, a
 * multiple of `hᵖ`, add up to least, `h = ε^(1/(p+1))` in proportion to the size. Rounded to a power of 2, so that
 * moving by h rounds little. Richardson's extrapolation starts far out and finds its own.
 */
export function stepFor(method: Method, size: number, dtype: DType): number {
  if (method === 'richardson') return powerOf2(size / (dtype === 'float32' ? 8 : 64))
  return powerOf2(size * epsilonOf(dtype) ** (method === 'central' ? 1 / 3 : 1 / 5))
}

/** What a step is in proportion to where nothing else is known: 1, or the value itself where it is larger. */
export const sizeOfValue = (value: number): number => Math.max(1, Math.abs(value))

const powerOf2 = (size: number): number => 2 ** Math.round(Math.log2(size))
