/** Model files: a network of Affine layers as the bytes of a safetensors file, whose metadata says how to build it. */
import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import type { Tensor } from '@gosa/linalg'
import { checkOptions, showValue } from '@gosa/linalg/options'
import { type Activation, checkActivation } from './activation.ts'
import { MultiLayerNet } from './multi-layer-net.ts'
import { checkWeights, layerSizes } from './weights.ts'

/** What a model file holds: a `TwoLayerNet`, a `MultiLayerNet`, or weights W1, b1, W2, b2, … with an activation. */
export interface ModelLike {
  readonly params: Readonly<Record<string, Tensor>>
  /** `relu` by default. */
  readonly activation?: Activation
}

/**
 * Returns the bytes of a model file: the weights in their order, and as metadata the sizes of the layers, the activation
 * and, if given, the number of training steps. Throws if the weights are not W1, b1, W2, b2, … that fit one another.
 */
export function encodeModel(model: ModelLike, options?: { iteration?: number }): Uint8Array {
  const { params, activation = 'relu' } = model ?? {}
  const { iteration } = checkOptions('encodeModel', options, ['iteration'])
  checkActivation('encodeModel', activation)
  if (iteration !== undefined && !Number.isSafeInteger(iteration)) {
    throw new RangeError(`encodeModel: iteration must be an integer, not ${showValue(iteration)}`)
  }
  checkWeights('encodeModel', params)
  return encodeSafetensors(
    { ...params },
    {
      producer: 'gosa',
      layers: layerSizes(params).join(','),
      activation,
      ...(iteration === undefined ? {} : { iteration: String(iteration) }),
    },
  )
}

/**
 * Returns the network of a model file; its activation is ReLU if the file does not name one. Throws a `SafetensorsError` if
 * the bytes are not such a file, a `RangeError` or `TypeError` if its weights or activation do not make a network.
 */
export function decodeModel(bytes: Uint8Array): MultiLayerNet {
  const { tensors, metadata } = decodeSafetensors(bytes)
  try {
    return MultiLayerNet.fromParameters(tensors, { activation: metadata.activation as Activation })
  } catch (error) {
    if (metadata.format !== 'gosa-model') throw error
    throw new RangeError(
      'decodeModel: the file holds other layers than Affine with one activation; loadModel reads networks of any layers',
    )
  }
}
