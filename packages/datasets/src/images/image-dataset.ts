/** A data set of images from its four IDX files: pairing, checking, verifying, and conversion to samples. */
import { showShape, type Tensor } from '@gosa/linalg'
import { DataError } from '../errors.ts'
import { type IdxArray, parseIdx } from '../idx.ts'
import type { Samples } from '../samples.ts'
import { type RawImages, type SamplesOptions, toSamples } from './raw-images.ts'
import { type FileRole, type ImageSource, KNOWN_SOURCES, type SourceFile } from './sources.ts'

/** How much of a data set was verified: the content, by its SHA-256, or only structure and sizes. */
type Verified = 'content' | 'structure'

/** Raw images for training and for testing. */
export interface RawImageDataset {
  readonly train: RawImages
  readonly test: RawImages
  /** The number of classes. */
  readonly classes: number
  /** `content` if the SHA-256 of every file is the known one; else only structure and sizes were checked. */
  readonly verified: Verified
}

/** Images for training and for testing, as samples. */
export interface ImageDataset<T extends Uint8Array | Tensor = Uint8Array> {
  readonly train: Samples<T>
  readonly test: Samples<T>
  /** The number of classes. */
  readonly classes: number
  /** The height of each image in pixels. */
  readonly height: number
  /** The width of each image in pixels. */
  readonly width: number
  /** `content` if the SHA-256 of every file is the known one; else only structure and sizes were checked. */
  readonly verified: Verified
}

/** How both parts become samples. */
export interface ImageDatasetOptions extends SamplesOptions {
  /** Use only the first n training images; all by default. The files are read and verified in full. */
  trainSize?: number
  /** Use only the first n test images; all by default. */
  testSize?: number
}

/** A function that loads images as samples: t holds class indices, or one-hot rows with `oneHotLabel: true`. */
export interface ImageDatasetLoader<Options> {
  (options: Options & ImageDatasetOptions & { oneHotLabel: true }): Promise<ImageDataset<Tensor>>
  (options: Options & ImageDatasetOptions & { oneHotLabel?: false }): Promise<ImageDataset>
}

/** Returns a loader of samples, made from a loader of raw images. */
export function createLoader<Options>(
  loadRaw: (options: Options) => Promise<RawImageDataset>,
): ImageDatasetLoader<Options> {
  const load = async (options: Options & ImageDatasetOptions): Promise<ImageDataset<Uint8Array | Tensor>> => {
    const { train, test, classes, verified } = await loadRaw(options)
    const { height, width } = train
    const { normalize, flatten, dtype, oneHotLabel, compressed } = options
    const samplesOptions = { normalize, flatten, dtype, oneHotLabel, compressed, classes } as SamplesOptions
    return {
      train: toSamples(firstImages(train, options.trainSize), samplesOptions),
      test: toSamples(firstImages(test, options.testSize), samplesOptions),
      ...{ classes, height, width, verified },
    }
  }
  return load as ImageDatasetLoader<Options>
}

const firstImages = (raw: RawImages, count = raw.count): RawImages =>
  raw.count <= count ? raw : { ...raw, count, t: raw.t.subarray(0, count) }

/** The uncompressed bytes of an IDX file, and its name. */
export interface IdxFile {
  readonly file: string
  readonly bytes: Uint8Array
}

/** An IDX file, and whether its content was compared with a known hash and found equal. */
export interface CheckedFile extends IdxFile {
  readonly hashMatches: boolean
}

/**
 * Reads a data set from the four files that `read` gets. A known `source` says its classes; otherwise there are as many
 * as the largest label says. Throws a `DataError` if the files do not fit one another, and what `read` throws.
 */
export async function readImageDataset(
  read: (role: FileRole) => Promise<CheckedFile>,
  { classes, firstLabel = 0, transposed = false }: Partial<ImageSource> = {},
): Promise<RawImageDataset> {
  const roles = ['trainImages', 'trainLabels', 'testImages', 'testLabels'] as const
  const files = await Promise.all(roles.map(read))
  const [trainImages, trainLabels, testImages, testLabels] = files
  const [train, test] = [parsePair(trainImages, trainLabels), parsePair(testImages, testLabels)]
  if (train.height !== test.height || train.width !== test.width) {
    const message = `images of ${test.height}×${test.width}, but the training images are ${train.height}×${train.width}`
    throw new DataError('value', message, { file: testImages.file, offset: 8 })
  }
  const count = classes ?? largestLabel(train.t, test.t) + 1
  const convert = (raw: RawImages, labels: IdxFile): RawImages => {
    const t = labelsFromZero(raw.t, firstLabel, count, labels.file)
    return transposed ? transposeImages({ ...raw, t }) : { ...raw, t }
  }
  return {
    train: convert(train, trainLabels),
    test: convert(test, testLabels),
    classes: count,
    verified: files.every(({ hashMatches }) => hashMatches) ? 'content' : 'structure',
  }
}

/** The raw images of an image file, uint8 of shape (N, height, width), and a label file. */
function parsePair(imageFile: IdxFile, labelFile: IdxFile): RawImages {
  const images = parseIdx(imageFile.bytes, { file: imageFile.file })
  if (images.dtype !== 'uint8' || images.shape.length !== 3) {
    throw unexpectedShape(images, 'images are (N, height, width) of uint8', imageFile.file)
  }
  const t = parseLabels(labelFile)
  const [count, height, width] = images.shape
  if (t.length !== count) {
    const message = `${t.length} labels for the ${count} images of ${imageFile.file}`
    throw new DataError('value', message, { file: labelFile.file, offset: 4 })
  }
  return { pixels: images.data, t, count, height, width }
}

/** The number of integers that QMNIST stores for each image: the class, and where the image comes from. */
const QMNIST_COLUMNS = 8

/** The classes of a label file: uint8 of shape (N), or the first column of QMNIST's int32 of shape (N, 8). */
function parseLabels({ file, bytes }: IdxFile): Uint8Array {
  const labels = parseIdx(bytes, { file })
  if (labels.dtype === 'uint8' && labels.shape.length === 1) return labels.data
  if (labels.dtype !== 'int32' || labels.shape.length !== 2 || labels.shape[1] !== QMNIST_COLUMNS) {
    throw unexpectedShape(
      labels,
      `labels are (N) of uint8, or QMNIST's (N, ${QMNIST_COLUMNS}) of int32`,
      file,
    )
  }
  return Uint8Array.from({ length: labels.shape[0] }, (_, n) => {
    const label = labels.data[n * QMNIST_COLUMNS]
    if (label >= 0 && label <= 255) return label
    const offset = 12 + 4 * n * QMNIST_COLUMNS
    throw new DataError('value', `label ${label} of sample ${n} is not a class from 0 to 255`, {
      file,
      offset,
    })
  })
}

function unexpectedShape({ dtype, shape }: IdxArray, expected: string, file: string): DataError {
  return new DataError('format', `holds ${dtype} of shape ${showShape(shape)}, but ${expected}`, {
    file,
    offset: 2,
  })
}

function labelsFromZero(labels: Uint8Array, first: number, classes: number, file: string): Uint8Array {
  const n = labels.findIndex((label) => label < first || label >= first + classes)
  if (n >= 0) {
    const message = `label ${labels[n]} of sample ${n} is not one of the ${classes} classes`
    throw new DataError('value', message, { file, offset: 8 + n })
  }
  return first === 0 ? labels : labels.map((label) => label - first)
}

const largestLabel = (...parts: Uint8Array[]): number =>
  Math.max(0, ...parts.map((labels) => labels.reduce((a, b) => Math.max(a, b), 0)))

/** Images stored column by column, as EMNIST's are, row by row. */
function transposeImages(raw: RawImages): RawImages {
  const { count, height, width, pixels } = raw
  const size = height * width
  const transposed = new Uint8Array(pixels.length)
  for (let n = 0; n < count; n++) {
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        transposed[n * size + x * height + y] = pixels[n * size + y * width + x]
      }
    }
  }
  return { ...raw, pixels: transposed, height: width, width: height }
}

/** Returns the SHA-256 of bytes in hexadecimal; `undefined` if the platform offers none. */
export type Sha256 = (bytes: Uint8Array) => Promise<string | undefined> | string

/**
 * Returns the file, with whether its content was compared with the known hash and is equal. Throws a `DataError` of code
 * `hash` if it differs, or if no hash is known and the content is that of another data set.
 */
export async function checkHash(
  { file, bytes }: IdxFile,
  sha256: Sha256,
  known: SourceFile,
  dataset: string,
): Promise<CheckedFile> {
  const others = KNOWN_SOURCES.flatMap(({ name, files }) =>
    Object.values(files).map((of) => ({ ...of, name })),
  )
  if (!known.sha256 && !others.some((other) => other.bytes === bytes.length))
    return { file, bytes, hashMatches: false }
  const found = await sha256(bytes)
  if (found === undefined) return { file, bytes, hashMatches: false }
  const isOf = others.find((other) => other.sha256 === found)?.name
  if (found === known.sha256 || (!known.sha256 && !isOf)) {
    return { file, bytes, hashMatches: found === known.sha256 }
  }
  throw new DataError(
    'hash',
    `the content is ${isOf ? `that of ${isOf}, not of ${dataset}` : `not that of ${dataset}`} (SHA-256 ${found}, ` +
      `uncompressed${known.sha256 ? `, instead of ${known.sha256}` : ''}): get the file again, or load it as ` +
      `${isOf ?? 'other images with loadIdxFolder'}`,
    { file },
  )
}
