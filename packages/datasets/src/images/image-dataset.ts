/** A data set of images from its four IDX files: pairing, checking, verifying, and conversion to samples. */
import { showShape, type Tensor } from '@gosa/linalg'
import { DataError } from '../errors.ts'
import { parseIdx } from '../idx.ts'
import type { Samples } from '../samples.ts'
import { type RawImages, type SamplesOptions, toSamples } from './raw-images.ts'
import type { FileRole, ImageSource, SourceFile } from './sources.ts'

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
    return {
      train: toSamples(firstImages(train, options.trainSize), { ...options, classes }),
      test: toSamples(firstImages(test, options.testSize), { ...options, classes }),
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

/** The raw images of an image file, uint8 of shape (N, height, width), and a label file, uint8 of shape (N). */
function parsePair(imageFile: IdxFile, labelFile: IdxFile): RawImages {
  const images = parseBytes(imageFile, 3, 'images are (N, height, width)')
  const labels = parseBytes(labelFile, 1, 'labels are (N)')
  const [count, height, width] = images.shape
  if (labels.data.length !== count) {
    const message = `${labels.data.length} labels for the ${count} images of ${imageFile.file}`
    throw new DataError('value', message, { file: labelFile.file, offset: 4 })
  }
  return { pixels: images.data, t: labels.data, count, height, width }
}

function parseBytes({ file, bytes }: IdxFile, rank: number, expected: string) {
  const array = parseIdx(bytes, { file })
  if (array.dtype === 'uint8' && array.shape.length === rank) return array
  const message = `holds ${array.dtype} of shape ${showShape(array.shape)}, but ${expected} of uint8`
  throw new DataError('format', message, { file, offset: 2 })
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
 * `hash` if it differs.
 */
export async function checkHash(
  { file, bytes }: IdxFile,
  sha256: Sha256,
  known: SourceFile,
  dataset: string,
): Promise<CheckedFile> {
  const found = known.sha256 && (await sha256(bytes))
  if (found && found !== known.sha256) {
    throw new DataError(
      'hash',
      `the content is not that of ${dataset} (SHA-256 ${found}, uncompressed, instead of ${known.sha256}): get the ` +
        'file again, or load it as other images with loadIdxFolder',
      { file },
    )
  }
  return { file, bytes, hashMatches: Boolean(found) }
}
