import { stat } from 'node:fs/promises'
import { DataError, type Samples } from '@gosa/datasets'
import { loadIdxFolder } from '@gosa/datasets/node'
import type { DType } from '@gosa/linalg'
import { failure, usageError } from '../command-error.ts'
import type { Environment } from '../paint.ts'
import type { DataOptions } from './data-options.ts'
import { generatedDigits } from './generated-digits.ts'
import type { NamedData } from './named-data.ts'
import { isNamedSet, NAMED_SETS, type SetName } from './named-sets.ts'
import { placeOf } from './place.ts'

export interface Loading {
  env: Environment
  dtype?: DType
  /** Told of what takes long. */
  progress?: (text: string) => void
  /** Ends it, by throwing the signal's reason. */
  signal?: AbortSignal
}

/**
 * The images that `--data` names. Throws a `CommandError`: of usage where there is no such set, of failure where its
 * files are missing or broken, or cannot be downloaded.
 */
export async function loadData(options: DataOptions, loading: Loading): Promise<NamedData> {
  const { data, trainSize, testSize } = options
  if (data === 'digits') return generatedDigits(options, loading)
  const { name, load } = isNamedSet(data) ? namedSet(data, options, loading) : await folderSet(data, loading)
  const { train, test, classes, height, width, verified } = await load({ trainSize, testSize }).catch(
    (error) => {
      throw error instanceof DataError ? failure(advised(error, data), { cause: error }) : error
    },
  )
  checkCount(train, trainSize, '--train-size')
  checkCount(test, testSize, '--test-size')
  return {
    name,
    generated: false,
    remark: isNamedSet(data) && verified === 'structure' ? 'structure verified, content not' : undefined,
    classes,
    height,
    width,
    train,
    test,
  }
}

function checkCount({ t }: Samples<Uint8Array>, wanted: number | undefined, option: string): void {
  if (wanted === undefined || wanted <= t.length) return
  throw usageError(`${option} ${wanted}: there are ${t.length} images`)
}

type Sizes = Pick<DataOptions, 'trainSize' | 'testSize'>

function namedSet(
  data: SetName,
  { dataDir }: DataOptions,
  { env, dtype, signal, progress = () => {} }: Loading,
) {
  const { source, load } = NAMED_SETS[data]
  const place = placeOf(source.folder, dataDir, env)
  return {
    name: source.name,
    load: (sizes: Sizes) =>
      load(place, {
        ...sizes,
        ...{ dtype, signal },
        onProgress: ({ file, received, total }) =>
          progress(
            `downloading ${file}: ${total ? `${Math.floor((100 * received) / total)} %` : `${received} bytes`}`,
          ),
      }),
  }
}

async function folderSet(dir: string, { dtype }: Loading) {
  const isFolder = await stat(dir).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
  if (!isFolder) {
    const names = ['digits', ...Object.keys(NAMED_SETS)].join(', ')
    throw usageError(`--data ${dir}: use ${names}, or a folder with four IDX files; there is no such folder`)
  }
  return { name: dir, load: (sizes: Sizes) => loadIdxFolder({ ...sizes, dir, dtype, compressed: true }) }
}

function advised({ code, message }: DataError, data: string): string {
  const lacking = isNamedSet(data) && (code === 'missing' || code === 'network')
  return lacking
    ? `${message}; name the folder of its files with --data-dir or GOSA_DATA_DIR, or use --data digits, which needs none`
    : message
}
