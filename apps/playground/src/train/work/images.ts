import { type Dataset, drawSyntheticPixels, type PixelSet, SYNTHETIC_PARTS, toDataset } from '@gosa/datasets'
import { type ImageFile, readImageFiles } from '@gosa/datasets/browser'
import type { ImagesInfo } from '../protocol.ts'
import { TEST_SIZE } from '../settings.ts'

/** Images to train and to test with, as a training step wants them. */
export interface Images {
  readonly info: ImagesInfo
  readonly train: Dataset
  readonly test: Dataset
}

/**
 * The generated digits that the trainer works with, the first ones. `pause` is told how many are drawn, and awaited, now and
 * then; what it rejects with ends the drawing.
 */
export async function generatedImages(
  trainSize: number,
  pause: (drawn: number, total: number) => Promise<void>,
): Promise<Images> {
  const total = trainSize + TEST_SIZE
  const { train, test } = SYNTHETIC_PARTS
  return imagesOf(
    await drawn({ ...train, count: trainSize }, (count) => pause(count, total)),
    await drawn({ ...test, count: TEST_SIZE }, (count) => pause(trainSize + count, total)),
    { kind: 'digits', classes: 10, isMnist: false },
  )
}

async function drawn(
  part: { count: number; seed: number },
  pause: (count: number) => Promise<void>,
): Promise<PixelSet> {
  const drawing = drawSyntheticPixels(part)
  for (;;) {
    const { done, value } = drawing.next()
    if (done) return value
    await pause(value)
  }
}

/** Those of four files. Rejects with a `DataError`, or a `RangeError` where this page cannot show them. */
export async function imagesOfFiles(files: readonly ImageFile[]): Promise<Images> {
  const { train, test, classes, verified } = await readImageFiles(files)
  if (train.height !== 28 || train.width !== 28 || classes > 10) {
    throw new RangeError(
      `images of ${train.height} × ${train.width} pixels in ${classes} classes: this page takes 28 × 28 in at most 10`,
    )
  }
  return imagesOf(train, test, { kind: 'files', classes, isMnist: verified === 'content' })
}

function imagesOf(
  train: PixelSet,
  test: PixelSet,
  info: Pick<ImagesInfo, 'kind' | 'classes' | 'isMnist'>,
): Images {
  return {
    info: { ...info, trainCount: train.count, testCount: test.count },
    train: toDataset(train, { compressed: true }),
    test: toDataset(test, { compressed: true }),
  }
}
