import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import type { Activation } from '@gosa/networks'
import { type Classifier, decodeModel, type Weights, weightsOf } from '@gosa/training'
import { isZip } from '../formats/is-zip.ts'
import { readBytes } from '../formats/read-bytes.ts'
import { asBook } from './create-model.ts'

/** The name of the weights in a run's folder. */
export const MODEL = 'model.safetensors'

/** A network that was read, and what is known of it. */
export interface Model {
  readonly file: string
  readonly network: Classifier
  readonly weights: Weights
  readonly activation: Activation
}

/** A network from a safetensors file, or from the folder of a run. Throws a `CommandError` that says what is wrong. */
export async function readModel(path: string): Promise<Model> {
  const file = (await isFolder(path)) ? join(path, MODEL) : path
  const bytes = await readBytes(file)
  if (isZip(bytes)) {
    throw failure(`${file} is an archive of NumPy: gosa-trainer import makes a model of it`)
  }
  try {
    const network = decodeModel(bytes)
    const { activation } = network
    return { file, activation, weights: weightsOf(network), network: asBook(network) }
  } catch (error) {
    throw failure(`${file} is no model: ${(error as Error).message}`, { cause: error })
  }
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
