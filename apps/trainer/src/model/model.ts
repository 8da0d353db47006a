import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { failure, type NamedDataset } from '@gosa/cli-kit'
import type { WeightInit } from '@gosa/layers'
import type { DType, Rng } from '@gosa/linalg'
import { type Activation, decodeModel, layerSizes, MultiLayerNet, weightsBytes } from '@gosa/networks'
import { type Classifier, type Weights, weightsOf } from '@gosa/training'
import { isFolder, isZip, readBytes } from '../files/files.ts'
import { errorTexts } from '../texts/errors.ts'

/** The networks that the trainer trains: creates them, reads them from model files, and hashes their weights. */

/** The name of the model in the folder of a run. */
export const MODEL_FILE = 'model.safetensors'

/** A network that was read from a file. */
export interface Model {
  readonly file: string
  readonly network: Classifier
  readonly weights: Weights
  readonly activation: Activation
}

/** A network with random weights, drawn layer by layer. */
export function createNetwork(
  { layers, activation }: { layers: readonly number[]; activation: Activation },
  options: { weightInitStd: WeightInit; rng: Rng; dtype: DType },
): MultiLayerNet {
  const [inputSize, ...hiddenSizes] = layers
  const outputSize = hiddenSizes.pop() as number
  return new MultiLayerNet({ inputSize, hiddenSizes, outputSize, activation, ...options })
}

/**
 * A network with copies of the weights W1, b1, W2, b2, … Throws a `RangeError` or `TypeError` if one is missing, others are
 * present, or their shapes do not fit.
 */
export const networkOf = (weights: Weights, activation: Activation): MultiLayerNet =>
  MultiLayerNet.fromParameters(weights, { activation })

/** Reads a model from a safetensors file or from the folder of a run. Throws a `CommandError` that names the file. */
export async function readModel(path: string): Promise<Model> {
  const file = (await isFolder(path)) ? join(path, MODEL_FILE) : path
  const bytes = await readBytes(file)
  if (isZip(bytes)) {
    throw failure(errorTexts().model.npz(file))
  }
  try {
    const network = decodeModel(bytes)
    const { activation } = network
    return { file, activation, weights: weightsOf(network), network }
  } catch (error) {
    throw failure(errorTexts().model.notModel(file, (error as Error).message), { cause: error })
  }
}

/** Throws a `CommandError` if a model takes images of another size, or has fewer classes. */
export function checkModelFits(
  { file, weights }: Pick<Model, 'file' | 'weights'>,
  { name, height, width, classes }: Pick<NamedDataset, 'name' | 'height' | 'width' | 'classes'>,
): void {
  const sizes = layerSizes(weights)
  const [inputs, outputs] = [sizes[0], sizes[sizes.length - 1]]
  if (inputs !== height * width) {
    throw failure(errorTexts().model.pixels(file, inputs, name, height, width))
  }
  if (outputs < classes) throw failure(errorTexts().model.classes(file, outputs, name, classes))
}

/** SHA-256 of the weights' bytes, W1 b1 W2 b2 …, little-endian: equal for equal bits only. */
export const weightsSha256 = (weights: Weights): string =>
  createHash('sha256').update(weightsBytes(weights)).digest('hex')
