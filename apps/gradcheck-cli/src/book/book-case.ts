import { compress, createRng, Tensor } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'

/** The images of the check, as plain data, which passes between threads. */
export interface BookData {
  /** (N, D), row-major, from 0 to 1. */
  readonly images: Float64Array
  readonly labels: Uint8Array
  readonly inputSize: number
  readonly classes: number
}

export const HIDDEN = 50
export const STD = 0.01

export const nameOf = ({ inputSize, classes }: BookData): string =>
  `TwoLayerNet ${inputSize}-${HIDDEN}-${classes}`

/**
 * What chapter 5 checks: its network at random weights, and the first images.
 *
 * Source: Deep Learning from Scratch, section 5.7.3.
 */
export function bookCase({ images, labels, inputSize, classes }: BookData, seed: number) {
  const network = new TwoLayerNet({
    inputSize,
    hiddenSize: HIDDEN,
    outputSize: classes,
    weightInitStd: STD,
    rng: createRng(seed),
    dtype: 'float64',
  })
  // Images are mostly zeros, which need not be multiplied.
  const x = compress(new Tensor(images, [labels.length, inputSize]))
  return { network, x, t: labels }
}
