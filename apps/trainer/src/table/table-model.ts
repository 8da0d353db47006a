/** Networks for tables, and their files: safetensors whose metadata holds how columns become numbers. */
import { join } from 'node:path'
import { failure } from '@gosa/cli-kit'
import type { TablePreprocessing } from '@gosa/datasets'
import { encodedNames } from '@gosa/datasets'
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import type { WeightInit } from '@gosa/layers'
import type { DType, Rng, Tensor } from '@gosa/linalg'
import { MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import { type Activation, buildLayers, type LayerDescription, layerSizes, Network } from '@gosa/networks'
import { weightsOf } from '@gosa/training'
import { isFolder, readBytes } from '../files/files.ts'
import { MODEL_FILE } from '../model/model.ts'

/** A network for the rows of a table, and how they become its inputs. */
export interface TableModel {
  readonly network: Network<never>
  readonly activation: Activation
  readonly preprocessing: TablePreprocessing
}

/** The version of the metadata; a file of another one is refused. */
const VERSION = '1'

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
    layers[`affine${i}`] = { type: 'affine', units: sizes[i], init }
  }
  return new Network({
    ...buildLayers({ inputShape: [sizes[0]], layers, rng, dtype }),
    loss: target.kind === 'class' ? new SoftmaxWithLoss() : new MeanSquaredErrorLoss(),
    parameterName: (parameter: string, layer: string) => `${parameter}${layer.replace(/\D+/, '')}`,
  }) as unknown as Network<never>
}

/** The number of outputs for a target: one for each class, or one number. */
export const outputsOf = (target: TablePreprocessing['target']): number =>
  target.kind === 'class' ? target.classes.length : 1

/** The bytes of a model file: the weights, with layer sizes, activation and preprocessing as metadata. */
export function encodeTableModel(
  { network, activation, preprocessing }: TableModel,
  iteration: number,
): Uint8Array {
  const weights = weightsOf(network)
  return encodeSafetensors(
    { ...weights },
    {
      producer: 'gosa',
      layers: layerSizes(weights).join(','),
      activation,
      iteration: String(iteration),
      table: VERSION,
      preprocessing: JSON.stringify(preprocessing),
    },
  )
}

/**
 * Reads the model of a table from a file or the folder of a run; `undefined` if it is a model of images. Throws a
 * `CommandError` that names the file if it is neither, or does not fit itself.
 */
export async function readTableModel(path: string): Promise<(TableModel & { file: string }) | undefined> {
  const file = (await isFolder(path)) ? join(path, MODEL_FILE) : path
  const bytes = await readBytes(file)
  const content = decode(bytes)
  if (content?.metadata.table === undefined) return undefined
  if (content.metadata.table !== VERSION) {
    throw failure(
      `${file} is the model of a table in version ${content.metadata.table}, but this program reads ${VERSION}`,
    )
  }
  try {
    return { file, ...tableModelOf(content.tensors, content.metadata) }
  } catch (error) {
    throw failure(`${file} is not the model of a table: ${(error as Error).message}`, { cause: error })
  }
}

function decode(bytes: Uint8Array) {
  try {
    return decodeSafetensors(bytes)
  } catch {
    // Whoever reads it as the model of images says what is wrong.
    return undefined
  }
}

function tableModelOf(
  weights: Readonly<Record<string, Tensor>>,
  metadata: Readonly<Record<string, string>>,
): TableModel {
  const preprocessing = JSON.parse(metadata.preprocessing) as TablePreprocessing
  const activation = metadata.activation as Activation
  const sizes = layerSizes(weights)
  const [inputs, outputs] = [encodedNames(preprocessing).length, outputsOf(preprocessing.target)]
  if (sizes[0] !== inputs || sizes[sizes.length - 1] !== outputs) {
    throw new RangeError(
      `its layers are ${sizes.join('-')}, but its columns give ${inputs} inputs and its target needs ${outputs} outputs`,
    )
  }
  const network = createTableNetwork({
    sizes,
    activation,
    target: preprocessing.target,
    dtype: weights.W1.dtype,
  })
  for (const { name, value } of network.parameters()) {
    const saved = weights[name]
    if (saved?.shape.join() !== value.shape.join())
      throw new RangeError(`${name} is missing or has another shape`)
    value.data.set(saved.data)
  }
  return { network, activation, preprocessing }
}
