import { decodeSafetensors, readSafetensorsHeader } from '@gosa/formats'
import { Tensor } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { decodeModel } from '../model-file.ts'
import { Network, type NetworkData } from '../network.ts'
import { loadTensors, networkOf } from './architecture.ts'
import { encodeRows, type Preprocessing, type Row } from './rows.ts'
import { checkDetails, MODEL_VERSION, type ModelDetails } from './save-model.ts'

/** What a model predicts for a row. */
export interface Prediction {
  /** The name of the predicted class, or its index as text if classes have no names; `undefined` for outputs with NaN. */
  readonly class?: string
  /** The probability of each class, by name. */
  readonly probabilities?: Readonly<Record<string, number>>
  /** The predicted number, in the unit of the target. */
  readonly value?: number
  /** The outputs, if there are several numbers. */
  readonly values?: readonly number[]
}

/** A network with what its file says of inputs and outputs. */
export class Model implements ModelDetails {
  readonly network: Network<never>
  readonly classes: readonly string[] | undefined
  readonly columns: readonly string[] | undefined
  readonly preprocessing: Preprocessing | undefined
  /** The number of training steps, if the file says it. */
  readonly iteration: number | undefined

  constructor(network: Network<never>, details: ModelDetails) {
    if (!(network instanceof Network))
      throw new TypeError(`Model: a Network is needed, not ${showValue(network)}`)
    const known = ['classes', 'columns', 'preprocessing', 'iteration'] as const
    const { classes, columns, preprocessing, iteration } = checkOptions<ModelDetails>('Model', details, known)
    this.network = network
    const { target } = preprocessing ?? {}
    this.classes = classes ?? (target?.kind === 'class' ? target.classes : undefined)
    this.columns = columns ?? preprocessing?.features.map(({ name }) => name)
    this.preprocessing = preprocessing
    this.iteration = iteration
  }

  /**
   * Returns what the model predicts for one row of named values, for several, or for samples x (N, …) that are preprocessed
   * already:
   *
   *     model.predict({ alcohol: 12.8, colour: 'red' }) // { class: 'good', probabilities: { bad: 0.1, good: 0.9 } }
   *
   * Throws a `RangeError` that names row and column for values that do not fit.
   */
  predict(row: Row): Prediction
  predict(rows: readonly Row[] | Tensor): Prediction[]
  predict(input: Row | readonly Row[] | Tensor): Prediction | Prediction[] {
    if (input instanceof Tensor) return this.#predictions(input)
    if (typeof input !== 'object' || input === null) {
      throw new TypeError(`predict: a row, rows or a tensor is needed, not ${showValue(input)}`)
    }
    const rows: readonly Row[] = Array.isArray(input) ? input : [input]
    if (rows.length === 0) return []
    const predictions = this.#predictions(this.#encode(rows))
    return Array.isArray(input) ? predictions : predictions[0]
  }

  #encode(rows: readonly Row[]): Tensor {
    const { preprocessing, columns, network } = this
    const features =
      preprocessing?.features ??
      columns?.map((name) => ({ ...{ kind: 'number' as const, name }, ...{ mean: 0, std: 1 } }))
    if (!features) throw new TypeError('predict: the model has no names of columns: give a tensor x')
    return encodeRows({ features }, rows, network.describe().dtype)
  }

  #predictions(x: Tensor): Prediction[] {
    const { network, classes, preprocessing } = this
    const [N] = x.shape
    if (!network.lastLayer.probabilities || !network.lastLayer.classes) {
      const y = network.predict(x)
      const { mean = 0, std = 1 } = preprocessing?.target.kind === 'number' ? preprocessing.target : {}
      const K = y.size / N
      return Array.from({ length: N }, (_, n) => {
        const values = Array.from(y.data.subarray(n * K, (n + 1) * K), (value) => value * std + mean)
        return K === 1 ? { value: values[0] } : { values }
      })
    }
    const logits = network.predict(x)
    const p = network.lastLayer.probabilities(logits)
    const K = p.size / N
    const predicted = network.lastLayer.classes(logits)
    const nameOf = (index: number) => classes?.[index] ?? String(index)
    return Array.from({ length: N }, (_, n) => {
      const own = Array.from(p.data.subarray(n * K, (n + 1) * K))
      const all = K === 1 ? [1 - own[0], own[0]] : own
      return {
        class: predicted[n] < 0 ? undefined : nameOf(predicted[n]),
        probabilities: Object.fromEntries(all.map((one, index) => [nameOf(index), one])),
      }
    })
  }
}

/**
 * Returns the model in the bytes of a file that `saveModel`, or `encodeModel`, wrote.
 *
 * The header is checked as a whole before anything is allocated: throws a `SafetensorsError` if the bytes are not such a file,
 * and a `RangeError` or `TypeError` for another version of the format, layers or losses that are not known, and tensors, names
 * or preprocessing that do not fit the network.
 */
export function loadModel(bytes: Uint8Array): Model {
  const { metadata, tensors: infos } = readSafetensorsHeader(bytes)
  if (metadata.format !== 'gosa-model') {
    if (!('W1' in infos && 'b1' in infos)) {
      throw new RangeError('loadModel: the file is no model: its metadata has no format "gosa-model"')
    }
    const iteration = metadata.iteration === undefined ? undefined : Number(metadata.iteration)
    return new Model(decodeModel(bytes) as unknown as Network<never>, { iteration })
  }
  if (metadata.version !== String(MODEL_VERSION)) {
    throw new RangeError(
      `loadModel: the file has version ${showValue(metadata.version)} of the model format, but this @gosa/networks reads ${MODEL_VERSION}`,
    )
  }
  const architecture = parsed(metadata, 'architecture') as NetworkData
  const details: ModelDetails = {
    classes: parsed(metadata, 'classes') as string[] | undefined,
    columns: parsed(metadata, 'columns') as string[] | undefined,
    preprocessing: parsed(metadata, 'preprocessing') as Preprocessing | undefined,
    iteration: metadata.iteration === undefined ? undefined : Number(metadata.iteration),
  }
  const network = networkOf('loadModel', architecture, infos)
  checkDetails('loadModel', details, architecture)
  loadTensors(network, decodeSafetensors(bytes).tensors)
  return new Model(network, details)
}

function parsed(metadata: Readonly<Record<string, string>>, key: string): unknown {
  if (metadata[key] === undefined) return undefined
  try {
    return JSON.parse(metadata[key])
  } catch {
    throw new RangeError(`loadModel: the metadata ${key} is not JSON`)
  }
}
