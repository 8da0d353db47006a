import { stat } from 'node:fs/promises'
import { DataError, type Dataset, syntheticDigits } from '@gosa/datasets'
import { loadIdxFolder, loadMnist } from '@gosa/datasets/node'
import type { DType } from '@gosa/linalg'
import { failure, usageError } from '../command-error.ts'
import type { Environment } from '../paint.ts'
import type { DataOptions } from './data-options.ts'
import { firstOf } from './first-of.ts'
import { mnistFolder } from './mnist-folder.ts'

/** Images to train and to test with: images (N, height·width) from 0 to 1, labels (N). */
export interface NamedData {
  /** What they are, for people: `MNIST`. */
  readonly name: string
  /** Drawn by a program and not by hands, which a command must say. */
  readonly generated: boolean
  readonly classes: number
  readonly height: number
  readonly width: number
  readonly train: Dataset
  readonly test: Dataset
}

/** Each part has its own, so that no image is in both; fixed, so that runs of other seeds work on the same images. */
const DIGITS = { train: { seed: 1, count: 10_000 }, test: { seed: 2, count: 2000 } }

/**
 * The images that `--data` names. Throws a `CommandError`: of usage where there is no such set, of failure where its
 * files are missing or broken.
 */
export async function loadData(
  options: DataOptions,
  { env, dtype }: { env: Environment; dtype?: DType },
): Promise<NamedData> {
  if (options.data === 'digits') return digits(options, dtype)
  const mnist = options.data === 'mnist'
  const dir = mnist ? mnistFolder(options.dataDir, env) : await folderOf(options.data)
  const load = mnist ? loadMnist : loadIdxFolder
  const { trainSize, testSize } = options
  const { train, test, classes } = await load({ dir, dtype, flatten: false, trainSize, testSize }).catch(
    (error) => {
      throw explained(error, mnist)
    },
  )
  const [, , height, width] = train.images.shape
  const flat = ({ images, labels }: Dataset) => ({ images: images.reshape([-1, height * width]), labels })
  return {
    name: mnist ? 'MNIST' : options.data,
    generated: false,
    classes,
    height,
    width,
    train: firstOf(flat(train), trainSize, '--train-size'),
    test: firstOf(flat(test), testSize, '--test-size'),
  }
}

function digits({ trainSize, testSize }: DataOptions, dtype?: DType): NamedData {
  return {
    name: 'generated digits',
    generated: true,
    classes: 10,
    height: 28,
    width: 28,
    train: syntheticDigits({ ...DIGITS.train, ...(trainSize && { count: trainSize }), dtype }),
    test: syntheticDigits({ ...DIGITS.test, ...(testSize && { count: testSize }), dtype }),
  }
}

async function folderOf(data: string): Promise<string> {
  const isFolder = await stat(data).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  if (isFolder) return data
  throw usageError(
    `--data ${data}: use digits, mnist, or a folder with four IDX files; there is no such folder`,
  )
}

function explained(error: unknown, mnist: boolean): unknown {
  if (!(error instanceof DataError)) return error
  const help =
    mnist && error.code === 'missing'
      ? '; name their folder with --data-dir or GOSA_DATA_DIR, or use --data digits, which needs no files'
      : ''
  return failure(`${error.message}${help}`, { cause: error })
}
