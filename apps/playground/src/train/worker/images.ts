/** The images of a run: generated digits, or the files that were dropped on the page. */
import {
  DataError,
  drawRawSyntheticDigits,
  type RawImages,
  type Samples,
  SYNTHETIC_SPLITS,
  toSamples,
} from '@gosa/datasets'
import { type ImageFile, readImageFiles } from '@gosa/datasets/browser'
import type { ImagesInfo } from '../protocol.ts'
import { TEST_SIZE } from '../settings.ts'

/** Images to train and to test on, compressed. */
export interface Images {
  readonly info: ImagesInfo
  readonly train: Samples<Uint8Array>
  readonly test: Samples<Uint8Array>
  /** The same for a ConvNet: (N, 1, 28, 28), not compressed. They are made at the first call. */
  asImages(): { readonly train: Samples<Uint8Array>; readonly test: Samples<Uint8Array> }
}

/**
 * The generated digits, the same as gosa-trainer's. `onProgress` is called and awaited every 1000 images; if it rejects,
 * so does the promise.
 */
export async function generateDigits(
  trainSize: number,
  onProgress: (drawn: number, total: number) => Promise<void>,
): Promise<Images> {
  const total = trainSize + TEST_SIZE
  const { train, test } = SYNTHETIC_SPLITS
  return createImages(
    await drawDigits({ ...train, count: trainSize }, (drawn) => onProgress(drawn, total)),
    await drawDigits({ ...test, count: TEST_SIZE }, (drawn) => onProgress(trainSize + drawn, total)),
    { kind: 'digits', classes: 10, isMnist: false },
  )
}

async function drawDigits(
  split: { count: number; seed: number },
  onProgress: (drawn: number) => Promise<void>,
): Promise<RawImages> {
  const drawing = drawRawSyntheticDigits(split)
  for (;;) {
    const { done, value } = drawing.next()
    if (done) return value
    await onProgress(value)
  }
}

/**
 * Collects the files of a data set, which may be dropped one by one. The function returned takes files and rejects with a
 * `DataError` while some are missing or if one is invalid, and with a `RangeError` for images that the page cannot show.
 * Files are kept while others are missing.
 */
export function createFileCollector(): (files: readonly ImageFile[]) => Promise<Images> {
  const collected = new Map<string, ImageFile>()
  return async (files) => {
    for (const file of files) collected.set(file.name, file)
    try {
      const images = await readImages([...collected.values()])
      collected.clear()
      return images
    } catch (error) {
      if (!(error instanceof DataError && error.code === 'missing')) collected.clear()
      throw error
    }
  }
}

async function readImages(files: readonly ImageFile[]): Promise<Images> {
  const { train, test, classes, verified } = await readImageFiles(files)
  if (train.height !== 28 || train.width !== 28 || classes > 10) {
    throw new RangeError(
      `images of ${train.height} × ${train.width} pixels in ${classes} classes: this page takes 28 × 28 in at most 10`,
    )
  }
  return createImages(train, test, { kind: 'files', classes, isMnist: verified === 'content' })
}

const createImages = (
  train: RawImages,
  test: RawImages,
  info: Pick<ImagesInfo, 'kind' | 'classes' | 'isMnist'>,
): Images => {
  let images: ReturnType<Images['asImages']> | undefined
  return {
    info: { ...info, trainCount: train.count, testCount: test.count },
    train: toSamples(train, { compressed: true }),
    test: toSamples(test, { compressed: true }),
    asImages() {
      images ??= { train: toSamples(train, { flatten: false }), test: toSamples(test, { flatten: false }) }
      return images
    },
  }
}
