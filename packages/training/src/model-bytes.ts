import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import { type Activation, MultiLayerNet } from '@gosa/networks'
import { sizesOf, type Weights } from './classifier.ts'

/** The bytes of a model file: the weights, and what they do not say of themselves, the steps of training where known. */
export const encodeModel = (weights: Weights, activation: Activation, iteration?: number): Uint8Array =>
  encodeSafetensors(weights, {
    ...{ producer: 'gosa', layers: sizesOf(weights).join(','), activation },
    ...(iteration === undefined ? {} : { iteration: String(iteration) }),
  })

/**
 * The network of a model file, ReLU between its layers, the book's, where the file does not say. Throws an error that says
 * what is wrong: a `SafetensorsError` for what is none, else a `RangeError` or `TypeError`.
 */
export function decodeModel(bytes: Uint8Array): MultiLayerNet {
  const { tensors, metadata } = decodeSafetensors(bytes)
  return MultiLayerNet.fromParameters(tensors, { activation: metadata.activation as Activation })
}
