/** Images as stored bytes, and how they become tensors: a batch by `gatherImages`, all by `toSamples`. */
import { type DType, Tensor } from '@gosa/linalg'
import { compressCodes } from '@gosa/linalg/kernels'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { oneHot } from '../preprocess.ts'
import type { Samples } from '../samples.ts'

/** Images as they are stored, one byte per pixel, with their class indices: a quarter of the memory of float32. */
export interface RawImages {
  /** Row-major, image after image: count·height·width bytes. */
  readonly pixels: Uint8Array
  /** (count) class indices. */
  readonly t: Uint8Array
  readonly count: number
  readonly height: number
  readonly width: number
}

/** How pixels become numbers. */
export interface ImageOptions {
  /** Divide by 255, so that pixels are between 0 and 1; true by default. */
  normalize?: boolean
  /** (N, height·width) if true, the default; else (N, 1, height, width). */
  flatten?: boolean
  /** `float32` by default, normalized or not. */
  dtype?: DType
}

/** How raw images become samples. */
export interface SamplesOptions extends ImageOptions {
  /** t as one-hot probabilities (N, classes); false by default: class indices. */
  oneHotLabel?: boolean
  /** x as a compressed matrix, made of the bytes (see `compress` of `@gosa/linalg`); false by default. */
  compressed?: boolean
}

/** The value of each of the 256 bytes: a lookup is faster than a division. */
const PLAIN_VALUES = Float64Array.from({ length: 256 }, (_, byte) => byte)
const NORMALIZED_VALUES = PLAIN_VALUES.map((byte) => byte / 255)

const byteValues = (normalize: boolean): Float64Array => (normalize ? NORMALIZED_VALUES : PLAIN_VALUES)

/**
 * Returns the images with the given indices as a tensor, normalized while they are gathered: a mini-batch. Written into
 * `out` if given.
 *
 * Throws a `RangeError` for an index out of range, or an `out` of another size.
 */
export function gatherImages(
  images: RawImages,
  indices: ArrayLike<number>,
  options?: ImageOptions & { out?: Tensor },
): Tensor {
  checkImages('gatherImages', images)
  const { pixels, count, height, width } = images
  const known = [...IMAGE_OPTIONS, 'out'] as const
  const {
    normalize = true,
    flatten = true,
    dtype = 'float32',
    out,
  } = checkOptions('gatherImages', options, known)
  if (typeof indices?.length !== 'number') {
    throw new TypeError(`gatherImages: indices must be an array, not ${showValue(indices)}`)
  }
  const size = height * width
  const N = indices.length
  const x = out ?? createImages(N, height, width, flatten, dtype)
  if (x.size !== N * size) {
    throw new RangeError(`gatherImages: out has ${x.size} elements, but ${N} images have ${N * size}`)
  }
  const { data } = x
  const values = byteValues(normalize)
  for (let n = 0; n < N; n++) {
    const index = indices[n]
    if (!Number.isInteger(index) || index < 0 || index >= count) {
      throw new RangeError(`gatherImages: index ${index} at position ${n} is outside of the ${count} images`)
    }
    const [from, to] = [index * size, n * size]
    for (let i = 0; i < size; i++) data[to + i] = values[pixels[from + i]]
  }
  return x
}

const IMAGE_OPTIONS = ['normalize', 'flatten', 'dtype'] as const

/** Throws a `TypeError` unless these are images as they are stored. */
function checkImages(caller: string, images: RawImages): void {
  if (images?.pixels instanceof Uint8Array && images.t instanceof Uint8Array) return
  throw new TypeError(
    `${caller}: images must be { pixels, t, count, height, width }, not ${showValue(images)}`,
  )
}

function createImages(N: number, height: number, width: number, flatten: boolean, dtype: DType): Tensor {
  const size = N * height * width
  const data = dtype === 'float64' ? new Float64Array(size) : new Float32Array(size)
  return new Tensor(data, flatten ? [N, height * width] : [N, 1, height, width])
}

/**
 * Returns all images as samples: x (N, height·width) or (N, 1, height, width), t (N) or (N, classes). `classes` is the
 * number of columns of one-hot labels, 10 by default.
 *
 * Throws a `RangeError` for a label outside of the classes, and for compressed images that are not flattened.
 */
export function toSamples(
  raw: RawImages,
  options: SamplesOptions & { oneHotLabel: true; classes?: number },
): Samples<Tensor>
export function toSamples(
  raw: RawImages,
  options?: SamplesOptions & { oneHotLabel?: false },
): Samples<Uint8Array>
export function toSamples(
  raw: RawImages,
  options?: SamplesOptions & { classes?: number },
): Samples<Uint8Array | Tensor>
export function toSamples(
  raw: RawImages,
  given?: SamplesOptions & { classes?: number },
): Samples<Uint8Array | Tensor> {
  checkImages('toSamples', raw)
  const known = [...IMAGE_OPTIONS, 'oneHotLabel', 'compressed', 'classes'] as const
  const {
    oneHotLabel = false,
    compressed = false,
    classes = 10,
    ...options
  } = checkOptions('toSamples', given, known)
  const allIndices = () => Int32Array.from({ length: raw.count }, (_, i) => i)
  return {
    x: compressed ? compressedImages(raw, options) : gatherImages(raw, allIndices(), options),
    t: oneHotLabel ? oneHot(raw.t, classes, { dtype: options.dtype }) : raw.t,
  }
}

function compressedImages(
  { pixels, count, height, width }: RawImages,
  { normalize = true, flatten = true, dtype = 'float32' }: ImageOptions,
): Tensor {
  if (!flatten) throw new RangeError('toSamples: compressed images are rows, so flatten must stay true')
  const shape = [count, height * width]
  const values = byteValues(normalize)
  return compressCodes(pixels.subarray(0, count * height * width), {
    shape,
    codebook: dtype === 'float64' ? values : Float32Array.from(values),
  })
}
