import { stat } from 'node:fs/promises'
import { DataError, type Dataset } from '@gosa/datasets'
import { loadIdxFolder, loadMnist } from '@gosa/datasets/node'
import type { DType } from '@gosa/linalg'
import { failure, usageError } from '../command-error.ts'
import type { Environment } from '../paint.ts'
import type { DataOptions } from './data-options.ts'
import { firstOf } from './first-of.ts'
import { generatedDigits } from './generated-digits.ts'
import { mnistFolder } from './mnist-folder.ts'
import type { NamedData } from './named-data.ts'

/**
 * The images that `--data` names; `progress` is told what takes long. Throws a `CommandError`: of usage where there is no such set, of failure where its
 * files are missing or broken.
 */
export async function loadData(
  options: DataOptions,
  { env, dtype, progress }: { env: Environment; dtype?: DType; progress?: (text: string) => void },
): Promise<NamedData> {
  if (options.data === 'digits') return generatedDigits(options, { dtype, progress })
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
