import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { failure, type NamedDataset } from '@gosa/cli-kit'
import { readSafetensorsHeader } from '@gosa/formats'
import type { DType } from '@gosa/linalg'
import {
  type Activation,
  decodeModel,
  encodeModel,
  loadModel,
  MultiLayerNet,
  type Network,
  saveModel,
  weightsBytes,
} from '@gosa/networks'
import { type Weights, weightsOf } from '@gosa/training'
import { isFolder, isZip, readBytes } from '../files/files.ts'
import { errorTexts } from '../texts/errors.ts'
import { elementsOf, outputShapeOf } from './create-network.ts'

/** Model files: reads and writes the networks of the trainer, and hashes their weights. */

/** The name of the model in the folder of a run. */
export const MODEL_FILE = 'model.safetensors'

/** A classifier of images that was read from a file. */
export interface Model {
  readonly file: string
  readonly network: Network
  readonly weights: Weights
  /** Of a network of Affine layers. */
  readonly activation?: Activation
}

/**
 * A network with copies of the weights W1, b1, W2, b2, … Throws a `RangeError` or `TypeError` if one is missing, others are
 * present, or their shapes do not fit.
 */
export const networkOf = (weights: Weights, activation: Activation): MultiLayerNet =>
  MultiLayerNet.fromParameters(weights, { activation })

/**
 * The bytes of a model file. A network of Affine layers and activations alone is said by sizes and activation, others by the
 * description of their layers.
 */
export const encodeNetwork = (network: Network, options?: { iteration?: number }): Uint8Array =>
  network instanceof MultiLayerNet && network.buffers().length === 0 && network.randomState === undefined
    ? encodeModel(network, options)
    : saveModel(network, options)

/** Reads a model from a safetensors file or from the folder of a run. Throws a `CommandError` that names the file. */
export async function readModel(path: string): Promise<Model> {
  const file = (await isFolder(path)) ? join(path, MODEL_FILE) : path
  const bytes = await readBytes(file)
  if (isZip(bytes)) {
    throw failure(errorTexts().model.npz(file))
  }
  try {
    const network = decodeNetwork(bytes)
    const output = outputShapeOf(network)
    if (!network.lastLayer.classes || output?.length !== 1 || output[0] < 2) {
      throw new RangeError(errorTexts().model.noClassifier)
    }
    const { activation } = network as Partial<Pick<MultiLayerNet, 'activation'>>
    return { file, activation, weights: weightsOf(network), network }
  } catch (error) {
    throw failure(errorTexts().model.notModel(file, (error as Error).message), { cause: error })
  }
}

function decodeNetwork(bytes: Uint8Array): Network {
  const { format } = readSafetensorsHeader(bytes).metadata
  if (format !== 'gosa-model') return decodeModel(bytes)
  return loadModel(bytes).network as unknown as Network
}

/** The number of pixels that a model takes. */
export const pixelsOf = ({ network }: Pick<Model, 'network'>): number => elementsOf(network.inputShape ?? [])

/** The dtype of a model's weights. */
export const dtypeOf = ({ weights }: Pick<Model, 'weights'>): DType =>
  Object.values(weights)[0]?.dtype ?? 'float32'

/** The number of classes that a model tells apart. */
export const classesOf = ({ network }: Pick<Model, 'network'>): number => outputShapeOf(network)?.[0] ?? 0

/** Throws a `CommandError` if a model takes images of another size, or has fewer classes. */
export function checkModelFits(
  model: Pick<Model, 'file' | 'network'>,
  { name, height, width, classes }: Pick<NamedDataset, 'name' | 'height' | 'width' | 'classes'>,
): void {
  const { file, network } = model
  const { inputShape = [] } = network
  const fits =
    inputShape.length === 3
      ? inputShape.join() === [1, height, width].join()
      : pixelsOf(model) === height * width
  if (!fits) throw failure(errorTexts().model.pixels(file, pixelsOf(model), name, height, width))
  if (classesOf(model) < classes)
    throw failure(errorTexts().model.classes(file, classesOf(model), name, classes))
}

/** SHA-256 of the weights' bytes, W1 b1 W2 b2 …, little-endian: equal for equal bits only. */
export const weightsSha256 = (weights: Weights): string =>
  createHash('sha256').update(weightsBytes(weights)).digest('hex')
