/** Networks for tables, and their files, which carry how columns become numbers. */
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import type { TablePreprocessing } from '@gosa/datasets'
import { readSafetensorsHeader } from '@gosa/formats'
import type { WeightInit } from '@gosa/layers'
import type { DType, Rng } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import {
  type Activation,
  buildLayers,
  type LayerDescription,
  loadModel,
  Network,
  saveModel,
} from '@gosa/networks'
import { isFolder, readBytes } from '../files/files.ts'
import { MODEL_FILE } from '../model/model.ts'

/** A network for the rows of a table, and how they become its inputs. */
export interface TableModel {
  readonly network: Network<never>
  readonly preprocessing: TablePreprocessing
}

/** What a network is made of. */
interface NetworkOptions {
  sizes: readonly number[]
  activation: Activation
  target: TablePreprocessing['target']
  init?: WeightInit
  rng?: Rng
  dtype: DType
}

/** Affine – activation – … – Affine, with the loss of the target: cross-entropy of classes, squared error of numbers. */
export function createTableNetwork({
  sizes,
  activation,
  target,
  init,
  rng,
  dtype,
}: NetworkOptions): Network<never> {
  const layers: Record<string, LayerDescription> = {}
  for (let i = 1; i < sizes.length; i++) {
    if (i > 1) layers[`activation${i - 1}`] = { type: activation }
    // By default the deviation of Glorot and Bengio: of few inputs, as tables have, He's is too large.
    const std = Math.sqrt(2 / (sizes[i - 1] + sizes[i]))
    layers[`affine${i}`] = { type: 'affine', units: sizes[i], init: init ?? std }
  }
  return new Network({
    ...buildLayers({ inputShape: [sizes[0]], layers, rng, dtype }),
    loss: target.kind === 'class' ? new SoftmaxWithLoss() : new MeanSquaredErrorLoss(),
  }) as unknown as Network<never>
}

/** The number of outputs for a target: one for each class, or one number. */
export const outputsOf = (target: TablePreprocessing['target']): number =>
  target.kind === 'class' ? target.classes.length : 1

/** The bytes of a model file. */
export const encodeTableModel = ({ network, preprocessing }: TableModel, iteration: number): Uint8Array =>
  saveModel(network, { preprocessing, iteration })

/**
 * Reads the model of a table from a file or the folder of a run; `undefined` if it is another file, such as a model of images.
 * Throws a `CommandError` that names the file if it cannot be read.
 */
export async function readTableModel(path: string): Promise<(TableModel & { file: string }) | undefined> {
  const file = (await isFolder(path)) ? join(path, MODEL_FILE) : path
  const bytes = await readBytes(file)
  if (!isTableModel(bytes)) return undefined
  try {
    const { network, preprocessing } = loadModel(bytes)
    if (preprocessing) return { file, network, preprocessing }
  } catch (error) {
    throw failure(`${file} is not a model: ${(error as Error).message.replace(/^loadModel: /, '')}`, {
      cause: error,
    })
  }
  return undefined
}

/** Whether these are the bytes of a model with preprocessing. What is wrong with others, their reader says. */
function isTableModel(bytes: Uint8Array): boolean {
  try {
    return readSafetensorsHeader(bytes).metadata.preprocessing !== undefined
  } catch {
    return false
  }
}
