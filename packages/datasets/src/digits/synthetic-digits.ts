import type { Tensor } from '@gosa/linalg'
import { checkInteger, type RandomOptions, rngFrom } from '../arguments.ts'
import { type SamplesOptions, toSamples } from '../images/dataset.ts'
import type { RawImages } from '../images/raw-images.ts'
import type { Samples } from '../samples.ts'
import { SIDE } from './draw.ts'
import { writeDigit } from './write-digit.ts'

export interface SyntheticDigitsOptions extends RandomOptions {
  /** How many images. */
  count: number
}

/**
 * Digits that look handwritten, generated from strokes: images like MNIST's, of 28 × 28 grey pixels, without a download.
 * x (count, 784) or as the options say, t (count), each digit equally likely. The first images of a
 * larger set with the same seed are the same.
 *
 * Throws a `RangeError` for a count that is not whole or below 1.
 */
export function syntheticDigits(
  options: SyntheticDigitsOptions & SamplesOptions & { oneHotLabel: true },
): Samples<Tensor>
export function syntheticDigits(
  options: SyntheticDigitsOptions & SamplesOptions & { oneHotLabel?: false },
): Samples<Uint8Array>
export function syntheticDigits(
  options: SyntheticDigitsOptions & SamplesOptions,
): Samples<Uint8Array | Tensor> {
  return toSamples(rawSyntheticDigits(options), options)
}

/** The same as stored pixels, a byte each. */
export function rawSyntheticDigits(options: SyntheticDigitsOptions): RawImages {
  const drawing = drawRawSyntheticDigits(options)
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
export function* drawRawSyntheticDigits({
  count,
  ...random
}: SyntheticDigitsOptions): Generator<number, RawImages, void> {
  checkInteger('syntheticDigits: count', count, 1)
  const rng = rngFrom('syntheticDigits', random)
  const size = SIDE * SIDE
  const set = {
    pixels: new Uint8Array(count * size),
    t: new Uint8Array(count),
    count,
    height: SIDE,
    width: SIDE,
  }
  const image = new Float64Array(size)
  for (let n = 0; n < count; n++) {
    if (n % AT_ONCE === 0) yield n
    set.t[n] = rng.integer(10)
    writeDigit(set.t[n], rng, image)
    for (let i = 0; i < size; i++) set.pixels[n * size + i] = Math.round(255 * image[i])
  }
  return set
}
