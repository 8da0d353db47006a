import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { failure, type NamedData } from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType, Rng } from '@gosa/linalg'
import { type Activation, MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import { type Classifier, decodeModel, sizesOf, type Weights, weightsBytes, weightsOf } from '@gosa/training'
import { isFolder, isZip, readBytes } from '../files/files.ts'

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

/** A network with random weights, drawn layer by layer. `layers` are its sizes: 784, 50, 10. */
export const createNetwork = (
  { layers: sizes, activation }: { layers: readonly number[]; activation: Activation },
  options: { init: Init; rng: Rng; dtype: DType },
): Classifier => asTwoLayerNet(new MultiLayerNet({ sizes, activation, ...options }))

/**
 * A network with copies of the weights W1, b1, W2, b2, … Throws a `RangeError` or `TypeError` if one is missing, others are
 * present, or their shapes do not fit.
 */
export const networkOf = (weights: Weights, activation: Activation): Classifier =>
  asTwoLayerNet(MultiLayerNet.fromParameters(weights, { activation }))

/** The same network as the book's class, if it has the book's architecture. */
function asTwoLayerNet(network: MultiLayerNet): Classifier {
  if (network.sizes.length !== 3 || network.activation !== 'relu') return network
  const { W1, b1, W2, b2 } = network.params
  return TwoLayerNet.fromParameters({ W1, b1, W2, b2 })
}

/** Reads a model from a safetensors file or from the folder of a run. Throws a `CommandError` that names the file. */
export async function readModel(path: string): Promise<Model> {
  const file = (await isFolder(path)) ? join(path, MODEL_FILE) : path
  const bytes = await readBytes(file)
  if (isZip(bytes)) {
    throw failure(`${file} is a NumPy archive; make a model of it with gosa-trainer import`)
  }
  try {
    const network = decodeModel(bytes)
    const { activation } = network
    return { file, activation, weights: weightsOf(network), network: asTwoLayerNet(network) }
  } catch (error) {
    throw failure(`${file} is not a model: ${(error as Error).message}`, { cause: error })
  }
}

/** Throws a `CommandError` if a model takes images of another size, or has fewer classes. */
export function checkModelFits(
  { file, weights }: Pick<Model, 'file' | 'weights'>,
  { name, height, width, classes }: Pick<NamedData, 'name' | 'height' | 'width' | 'classes'>,
): void {
  const sizes = sizesOf(weights)
  const [inputs, outputs] = [sizes[0], sizes[sizes.length - 1]]
  if (inputs !== height * width) {
    throw failure(`${file} takes images of ${inputs} pixels, but those of ${name} have ${height} × ${width}`)
  }
  if (outputs < classes) throw failure(`${file} has ${outputs} classes, but ${name} has ${classes}`)
}

/** SHA-256 of the weights' bytes, W1 b1 W2 b2 …, little-endian: equal for equal bits only. */
export const weightsSha256 = (weights: Weights): string =>
  createHash('sha256').update(weightsBytes(weights)).digest('hex')
