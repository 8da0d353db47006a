import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import { decodeSafetensors, encodeSafetensors } from '@gosa/networks'
import { readBytes } from '../formats/read-bytes.ts'
import { ACTIVATIONS, type Activation } from './activations.ts'
import type { Classifier } from './classifier.ts'
import { fromWeights, sizesOf } from './from-weights.ts'
import type { Weights } from './weights.ts'

/** The name of the weights in a run's folder. */
export const MODEL = 'model.safetensors'

/** A network that was read, and what is known of it. */
export interface Model {
  readonly file: string
  readonly network: Classifier
  readonly weights: Weights
  readonly activation: Activation
}

/** The bytes of a model file: the weights, and what they do not say of themselves. */
export const encodeModel = (weights: Weights, activation: Activation, iteration: number): Uint8Array =>
  encodeSafetensors(weights, {
    ...{ producer: 'gosa', layers: sizesOf(weights).join(','), activation },
    iteration: String(iteration),
  })

/** A network from a safetensors file, or from the folder of a run. Throws a `CommandError` that says what is wrong. */
export async function readModel(path: string): Promise<Model> {
  const file = (await isFolder(path)) ? join(path, MODEL) : path
  const bytes = await readBytes(file)
  try {
    const { tensors: weights, metadata } = decodeSafetensors(bytes)
    const activation = activationOf(metadata)
    return { file, weights, activation, network: fromWeights(weights, activation) }
  } catch (error) {
    throw failure(`${file} is no model: ${(error as Error).message}`, { cause: error })
  }
}

/** ReLU, the book's, where the file does not say. */
function activationOf({ activation = 'relu' }: Record<string, string>): Activation {
  const known = ACTIVATIONS.find((name) => name === activation)
  if (!known) throw new RangeError(`its activation is '${activation}', not one of ${ACTIVATIONS.join(', ')}`)
  return known
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (entry) => entry.isDirectory(),
    () => false,
  )
