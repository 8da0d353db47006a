/** Digits that look handwritten, generated from strokes: a data set without a download. */
import type { Rng, Tensor } from '@gosa/linalg'
import { checkInteger, type RandomOptions, rngFrom } from '../arguments.ts'
import { type RawImages, type SamplesOptions, toSamples } from '../images/raw-images.ts'
import type { Samples } from '../samples.ts'
import { chooseGlyph } from './glyphs/index.ts'
import { createJitter, distort, penRadius, pressure, STYLES, shake } from './handwriting.ts'
import { centreByMass } from './mnist-image.ts'
import { draw, fitToBox, IMAGE_SIDE, smooth } from './pen.ts'

/** How many digits are generated, and from which seed or generator. */
export interface SyntheticDigitsOptions extends RandomOptions {
  /** The number of images. */
  count: number
}

/**
 * The generated digits on which the apps train and test, as many training images as MNIST's. Each part has a fixed seed
 * of its own, so that no image is in both, and runs with other seeds use the same images.
 */
export const SYNTHETIC_SPLITS = {
  train: { count: 60_000, seed: 1 },
  test: { count: 5000, seed: 2 },
} as const

/**
 * Generates digits that look handwritten, as images like MNIST's of 28 × 28 pixels: x (count, 784) or as the options say,
 * t (count), each digit equally likely. The first images of a larger set with the same seed are the same.
 *
 * Throws a `RangeError` unless the count is an integer of at least 1.
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
  const { normalize, flatten, dtype, oneHotLabel, compressed } = options ?? {}
  const samplesOptions = { normalize, flatten, dtype, oneHotLabel, compressed } as SamplesOptions
  return toSamples(rawSyntheticDigits(options), samplesOptions)
}

/** Generates the same digits as raw images, one byte per pixel. */
export function rawSyntheticDigits(options: SyntheticDigitsOptions): RawImages {
  const drawing = drawRawSyntheticDigits(options)
  for (;;) {
    const { done, value } = drawing.next()
    if (done) return value
  }
}

/** Images drawn between two yields of `drawRawSyntheticDigits`. */
const IMAGES_PER_STEP = 1000

/**
 * Generates the same raw images step by step, so that the caller can report progress or stay responsive: a generator that
 * yields the number of images drawn so far, 0 first and then after each 1000, and returns the images.
 */
export function* drawRawSyntheticDigits({
  count,
  ...random
}: SyntheticDigitsOptions): Generator<number, RawImages, void> {
  checkInteger('syntheticDigits: count', count, 1)
  const rng = rngFrom('syntheticDigits', random)
  const size = IMAGE_SIDE * IMAGE_SIDE
  const pixels = new Uint8Array(count * size)
  const t = new Uint8Array(count)
  const image = new Float64Array(size)
  for (let n = 0; n < count; n++) {
    if (n % IMAGES_PER_STEP === 0) yield n
    t[n] = rng.integer(10)
    writeDigit(t[n], rng, image)
    for (let i = 0; i < size; i++) pixels[n * size + i] = Math.round(255 * image[i])
  }
  return { pixels, t, count, height: IMAGE_SIDE, width: IMAGE_SIDE }
}

/** Writes one digit into `image`, IMAGE_SIDE × IMAGE_SIDE numbers from 0 to 1; no two are alike. */
function writeDigit(digit: number, rng: Rng, image: Float64Array): void {
  const jitter = createJitter(rng)
  const style = STYLES[digit]
  const paths = chooseGlyph(digit, jitter)(jitter).map((path) => smooth(shake(path, jitter), 4))
  const radius = style.pen * penRadius(jitter)
  const strokes = distort(paths, jitter, style).map((points) => ({
    points,
    radii: pressure(points.length, radius, jitter),
  }))
  draw(fitToBox(strokes), jitter.between(0.75, 1.2), image)
  centreByMass(image)
}
