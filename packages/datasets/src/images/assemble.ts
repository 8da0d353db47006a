import { DataError } from '../errors.ts'
import { type IdxFile, pairUp } from './pair.ts'
import type { RawImages } from './raw-images.ts'
import type { ImageSource, Role } from './sources.ts'
import { upright } from './transpose.ts'

/** Both halves of a set of images as they are stored, and its number of classes. */
export interface RawImageDataset {
  readonly train: RawImages
  readonly test: RawImages
  readonly classes: number
  /** Whether the content is known to be the right one by its hash, or only structure and sizes fit. */
  readonly verified: Verified
}

export type Verified = 'content' | 'structure'

/**
 * A set from its four files; those of a known `source` have its classes, others only fit one another, and have as many
 * classes as the largest label says. Throws a `DataError`.
 */
export function assemble(
  { trainImages, trainLabels, testImages, testLabels }: Readonly<Record<Role, IdxFile>>,
  verified: Verified,
  source?: ImageSource,
): RawImageDataset {
  const { firstLabel = 0, transposed = false } = source ?? {}
  const [train, test] = [pairUp(trainImages, trainLabels), pairUp(testImages, testLabels)]
  if (train.height !== test.height || train.width !== test.width) {
    const message = `images of ${test.height}×${test.width}, but those to train with are ${train.height}×${train.width}`
    throw new DataError('value', message, { file: testImages.file, offset: 8 })
  }
  const classes = source?.classes ?? largest(train.t, test.t) + 1
  const half = (set: RawImages, file: string): RawImages => {
    const t = counted(set.t, firstLabel, classes, file)
    return transposed ? upright({ ...set, t }) : { ...set, t }
  }
  return { train: half(train, trainLabels.file), test: half(test, testLabels.file), classes, verified }
}

/** Labels counted from 0; throws a `DataError` at the first one that is none of the classes. */
function counted(labels: Uint8Array, first: number, classes: number, file: string): Uint8Array {
  const wrong = labels.findIndex((label) => label < first || label >= first + classes)
  if (wrong >= 0) {
    const message = `label ${labels[wrong]} of sample ${wrong} is not one of the ${classes} classes`
    throw new DataError('value', message, { file, offset: 8 + wrong })
  }
  return first === 0 ? labels : labels.map((label) => label - first)
}

const largest = (...labels: Uint8Array[]): number =>
  Math.max(0, ...labels.map((set) => set.reduce((a, b) => Math.max(a, b), 0)))
