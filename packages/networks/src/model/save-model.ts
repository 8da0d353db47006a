import { encodeSafetensors } from '@gosa/formats'
import { checkOptions, showValue } from '@gosa/linalg/options'
import type { Network } from '../network.ts'
import { checkPreprocessing, type Preprocessing, widthOf } from './rows.ts'

/** The version of the model format that this package writes, and the only one that it reads. */
export const MODEL_VERSION = 1

export interface SaveModelOptions {
  /** The names of the classes, by index; by default those of the preprocessing. */
  classes?: readonly string[]
  /** The names of the columns of x, if there is no preprocessing. */
  columns?: readonly string[]
  /** How rows of named values become x: what `tableDataset` of `@gosa/datasets` returns. */
  preprocessing?: Preprocessing
  /** The number of training steps. */
  iteration?: number
}

/** What a model file says besides the network. */
export type ModelDetails = Pick<SaveModelOptions, 'classes' | 'columns' | 'preprocessing' | 'iteration'>

/**
 * Returns a model as the bytes of a safetensors file, which other programs read as well: weights and buffers, and as metadata
 * the architecture, names of classes and columns, and the preprocessing. `loadModel` reads it without more.
 *
 * Throws a `TypeError` if a layer or the loss has no `describe()`, a `RangeError` if names do not fit the network.
 */
export function saveModel(
  network: Pick<Network<never>, 'describe' | 'parameters' | 'buffers'>,
  options?: SaveModelOptions,
): Uint8Array {
  const { classes, columns, preprocessing, iteration } = checkOptions('saveModel', options, [
    ...['classes', 'columns', 'preprocessing', 'iteration'],
  ] as (keyof SaveModelOptions)[])
  if (typeof network?.describe !== 'function') {
    throw new TypeError(`saveModel: a Network is needed, not ${showValue(network)}`)
  }
  const architecture = network.describe()
  const details = { classes, columns, preprocessing, iteration }
  checkDetails('saveModel', details, architecture)
  const tensors = [...network.parameters(), ...network.buffers()].map(({ name, value }) => [name, value])
  const json = { architecture, classes, columns, preprocessing }
  return encodeSafetensors(Object.fromEntries(tensors), {
    producer: 'gosa',
    format: 'gosa-model',
    version: String(MODEL_VERSION),
    // For `decodeModel`, which reads networks of Affine layers by it.
    ...('activation' in network && { activation: String(network.activation) }),
    ...Object.fromEntries(
      Object.entries(json).flatMap(([key, value]) =>
        value === undefined ? [] : [[key, JSON.stringify(value)]],
      ),
    ),
    ...(iteration !== undefined && { iteration: String(iteration) }),
  })
}

/** Throws a `RangeError`, which begins with `caller`, unless names and preprocessing fit the inputs of the network. */
export function checkDetails(
  caller: string,
  { classes, columns, preprocessing, iteration }: ModelDetails,
  { inputShape }: { readonly inputShape: readonly number[] },
): void {
  const inputs = inputShape.reduce((product, length) => product * length, 1)
  if (preprocessing !== undefined) {
    checkPreprocessing(caller, preprocessing)
    const width = widthOf(preprocessing)
    if (width !== inputs) {
      throw new RangeError(
        `${caller}: the preprocessing gives ${width} numbers, but the network takes ${inputs}`,
      )
    }
  }
  for (const [name, texts] of Object.entries({ classes, columns })) {
    if (texts === undefined) continue
    if (!Array.isArray(texts) || !texts.every((text) => typeof text === 'string')) {
      throw new RangeError(`${caller}: ${name} must be an array of texts, not ${showValue(texts)}`)
    }
  }
  if (columns && columns.length !== inputs) {
    throw new RangeError(
      `${caller}: there are ${columns.length} columns, but the network takes ${inputs} numbers`,
    )
  }
  if (iteration !== undefined && !(Number.isSafeInteger(iteration) && iteration >= 0)) {
    throw new RangeError(`${caller}: iteration must be an integer of at least 0, not ${showValue(iteration)}`)
  }
}
