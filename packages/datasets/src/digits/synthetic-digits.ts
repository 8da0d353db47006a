import type { Tensor } from '@gosa/linalg'
import { checkWhole } from '../check.ts'
import { type Dataset, type DatasetOptions, toDataset } from '../images/dataset.ts'
import type { PixelSet } from '../images/pixel-set.ts'
import { rngOf, type Seeded } from '../seeded.ts'
import { SIDE } from './draw.ts'
import { writeDigit } from './write-digit.ts'

export interface SyntheticDigitsOptions extends Seeded {
  /** How many images. */
  count: number
}

/**
 * Digits that look handwritten, generated from strokes: images like MNIST's, of 28 × 28 grey pixels, without a download.
 * Images (count, 784) or as the options say, labels (count), each digit equally likely. The first images of a
 * larger set with the same seed are the same.
 *
 * Throws a `RangeError` for a count that is not whole or below 1.
 */
export function syntheticDigits(
  options: SyntheticDigitsOptions & DatasetOptions & { oneHotLabel: true },
): Dataset<Tensor>
export function syntheticDigits(
  options: SyntheticDigitsOptions & DatasetOptions & { oneHotLabel?: false },
): Dataset
export function syntheticDigits(
  options: SyntheticDigitsOptions & DatasetOptions,
): Dataset<Uint8Array | Tensor> {
  return toDataset(syntheticPixels(options), options)
}

/** The same as stored pixels, a byte each. */
export function syntheticPixels(options: SyntheticDigitsOptions): PixelSet {
  const drawing = drawSyntheticPixels(options)
  for (;;) {
    const { done, value } = drawing.next()
    if (done) return value
  }
}

/** How many images are drawn between two words on how many there are. */
const AT_ONCE = 1000

/**
 * The same bit by bit, for who has to answer or to report meanwhile: a generator that yields how many images are drawn, 0
 * first and then each 1000, and returns the set.
 */
export function* drawSyntheticPixels({
  count,
  ...seeded
}: SyntheticDigitsOptions): Generator<number, PixelSet, void> {
  checkWhole('syntheticDigits: count', count, 1)
  const rng = rngOf(seeded, 'syntheticDigits')
  const size = SIDE * SIDE
  const set = {
    pixels: new Uint8Array(count * size),
    labels: new Uint8Array(count),
    count,
    height: SIDE,
    width: SIDE,
  }
  const image = new Float64Array(size)
  for (let n = 0; n < count; n++) {
    if (n % AT_ONCE === 0) yield n
    set.labels[n] = rng.integer(10)
    writeDigit(set.labels[n], rng, image)
    for (let i = 0; i < size; i++) set.pixels[n * size + i] = Math.round(255 * image[i])
  }
  return set
}
