import { DataError } from '../data-error.ts'
import { type IdxFile, pairUp } from './pair.ts'
import type { PixelSet } from './pixel-set.ts'
import type { ImageSource, Role, SourceFile } from './sources.ts'
import { upright } from './transpose.ts'

/** Both halves of a set of images as they are stored, and its number of classes. */
export interface SplitPixels {
  readonly train: PixelSet
  readonly test: PixelSet
  readonly classes: number
  /** Whether the content is known to be the right one by its hash, or only structure and sizes fit. */
  readonly verified: Verified
}

export type Verified = 'content' | 'structure'

/** A hash function: SHA-256 of bytes, hexadecimal; `undefined` where the platform offers none. */
export type Sha256 = (bytes: Uint8Array) => Promise<string> | string | undefined

/**
 * A set from its four files; those of a known `source` must have its sizes and hashes, others only fit one another, and
 * have as many classes as the largest label says. Throws a `DataError`.
 */
export async function assemble(
  read: (role: Role) => Promise<IdxFile>,
  sha256: Sha256,
  source?: ImageSource,
): Promise<SplitPixels> {
  let verified: Verified = 'content'
  const load = async (role: Role): Promise<IdxFile> => {
    const read_ = await read(role)
    if (!(await checkHash(read_, sha256, source?.files[role], source?.name ?? ''))) verified = 'structure'
    return read_
  }
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    load('trainImages'),
    load('trainLabels'),
    load('testImages'),
    load('testLabels'),
  ])
  const { firstLabel = 0, transposed = false } = source ?? {}
  const [train, test] = [pairUp(trainImages, trainLabels), pairUp(testImages, testLabels)]
  if (train.height !== test.height || train.width !== test.width) {
    const message = `images of ${test.height}×${test.width}, but those to train with are ${train.height}×${train.width}`
    throw new DataError('value', message, { file: testImages.file, offset: 8 })
  }
  const classes = source?.classes ?? largest(train.labels, test.labels) + 1
  const half = (set: PixelSet, file: string): PixelSet => {
    const labels = counted(set.labels, firstLabel, classes, file)
    return transposed ? upright({ ...set, labels }) : { ...set, labels }
  }
  return { train: half(train, trainLabels.file), test: half(test, testLabels.file), classes, verified }
}

/** Whether the content was compared and is the right one. Throws where it is another. */
export async function checkHash(
  { file, bytes }: IdxFile,
  sha256: Sha256,
  known: SourceFile | undefined,
  name: string,
): Promise<boolean> {
  const found = known?.sha256 && (await sha256(bytes))
  if (!found) return false
  if (found === known?.sha256) return true
  throw new DataError(
    'hash',
    `its content is not that of ${name} (SHA-256 ${found}, uncompressed, instead of ${known?.sha256}): get the file ` +
      'anew, or load it as other images with loadIdxFolder',
    { file },
  )
}

/** Labels counted from 0; throws a `DataError` at the first one that is none of the classes. */
function counted(labels: Uint8Array, first: number, classes: number, file: string): Uint8Array {
  const wrong = labels.findIndex((label) => label < first || label >= first + classes)
  if (wrong >= 0) {
    const message = `label ${labels[wrong]} of sample ${wrong} is none of the ${classes} classes`
    throw new DataError('value', message, { file, offset: 8 + wrong })
  }
  return first === 0 ? labels : labels.map((label) => label - first)
}

const largest = (...labels: Uint8Array[]): number =>
  Math.max(0, ...labels.map((set) => set.reduce((a, b) => Math.max(a, b), 0)))
