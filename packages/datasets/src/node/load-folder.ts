import { createHash } from 'node:crypto'
import { DataError } from '../data-error.ts'
import { checkLabels, type IdxFile, pairUp } from '../images/pair.ts'
import type { PixelSet } from '../images/pixel-set.ts'
import { IDX_FILE_NAMES, type IdxFileName, type ImageSource } from '../images/sources.ts'
import { readIdxFile } from './read-idx-file.ts'

/** Both halves of a set of images as they are stored, and its number of classes. */
export interface SplitPixels {
  readonly train: PixelSet
  readonly test: PixelSet
  readonly classes: number
}

/**
 * A folder's four IDX files; those of a known `source` must have its sizes and hashes, others only fit one another, and
 * have as many classes as the largest label says. Throws a `DataError`.
 */
export async function loadFolder(dir: string, source?: ImageSource): Promise<SplitPixels> {
  const read = async (name: IdxFileName): Promise<IdxFile> => {
    const known = source?.files[name]
    const read = await readIdxFile(dir, name, known?.bytes)
    if (known?.sha256) checkHash(read, known.sha256, source?.name ?? '')
    return read
  }
  const [trainImages, trainLabels, testImages, testLabels] = await Promise.all([
    read(IDX_FILE_NAMES.trainImages),
    read(IDX_FILE_NAMES.trainLabels),
    read(IDX_FILE_NAMES.testImages),
    read(IDX_FILE_NAMES.testLabels),
  ])
  const train = pairUp(trainImages, trainLabels)
  const test = pairUp(testImages, testLabels)
  if (train.height !== test.height || train.width !== test.width) {
    const message = `images of ${test.height}×${test.width}, but those to train with are ${train.height}×${train.width}`
    throw new DataError('value', message, { file: testImages.file, offset: 8 })
  }
  const classes = source?.classes ?? largest(train.labels, test.labels) + 1
  checkLabels(train.labels, classes, trainLabels.file)
  checkLabels(test.labels, classes, testLabels.file)
  return { train, test, classes }
}

function checkHash({ file, bytes }: IdxFile, expected: string, name: string): void {
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found === expected) return
  throw new DataError(
    'hash',
    `its content is not that of ${name} (SHA-256 ${found}, uncompressed, instead of ${expected}): get the file anew, ` +
      'or load it as other images with loadIdxFolder',
    { file },
  )
}

const largest = (...labels: Uint8Array[]): number =>
  Math.max(0, ...labels.map((set) => set.reduce((a, b) => Math.max(a, b), 0)))
