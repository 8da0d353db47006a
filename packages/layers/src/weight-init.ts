/** The standard deviation of random initial weights. */
import { showValue } from '@gosa/linalg/options'

/**
 * The standard deviation of a layer's random weights, for n inputs per output: `'he'` is `√(2/n)`, for ReLU; `'xavier'`
 * is `√(1/n)`, for sigmoid and tanh; a number is the standard deviation itself (the book's chapter 5 has 0.01).
 *
 * Source: Deep Learning from Scratch, section 6.2; He et al. 2015; Glorot and Bengio 2010.
 */
export type WeightInit = 'he' | 'xavier' | number

/**
 * Returns the standard deviation for n `inputs` per output. Throws a `RangeError`, which begins with `layer`, for
 * anything but `'he'`, `'xavier'` or a finite number of at least 0.
 */
export function standardDeviation(init: WeightInit, inputs: number, layer: string): number {
  if (init === 'he') return Math.sqrt(2 / inputs)
  if (init === 'xavier') return Math.sqrt(1 / inputs)
  if (typeof init === 'number' && Number.isFinite(init) && init >= 0) return init
  throw new RangeError(
    `${layer}: init must be 'he', 'xavier' or a standard deviation, not ${showValue(init)}`,
  )
}
