import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import { createRng, randomNormal, tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  buildLayers,
  decodeModel,
  encodeModel,
  layerSizes,
  loadModel,
  MultiLayerNet,
  Network,
  SimpleConvNet,
  saveModel,
  TwoLayerNet,
  weightsBytes,
} from './index.ts'

const small = () => new TwoLayerNet({ inputSize: 4, hiddenSize: 3, outputSize: 2, rng: createRng(1) })
const deep = () =>
  new MultiLayerNet({
    inputSize: 4,
    hiddenSizes: [3, 3],
    outputSize: 2,
    activation: 'tanh',
    rng: createRng(1),
  })

describe('encodeModel and decodeModel', () => {
  it('give back the weights and the activation function', () => {
    const network = deep()
    const read = decodeModel(encodeModel(network, { iteration: 5 }))
    expect(read.activation).toBe('tanh')
    expect({ ...read.params }).toEqual({ ...network.params })
    expect([read.inputSize, read.hiddenSizes, read.outputSize]).toEqual([4, [3, 3], 2])
    const x = randomNormal([2, 4], { rng: createRng(2) })
    expect(read.predict(x).data).toEqual(network.predict(x).data)
  })

  it('write the sizes, the activation and the iteration as metadata, the iteration only if given', () => {
    const metadata = { producer: 'gosa', layers: '4,3,2', activation: 'relu' }
    expect(decodeSafetensors(encodeModel(small())).metadata).toEqual(metadata)
    expect(decodeSafetensors(encodeModel(small(), { iteration: 7 })).metadata).toEqual({
      ...metadata,
      iteration: '7',
    })
  })

  it('write the same bytes for a network, and for its weights with the activation', () => {
    const network = deep()
    const bytes = encodeModel(network)
    expect(encodeModel({ params: { ...network.params }, activation: 'tanh' })).toEqual(bytes)
    const metadata = { producer: 'gosa', layers: '4,3,3,2', activation: 'tanh' }
    expect(encodeSafetensors({ ...network.params }, metadata)).toEqual(bytes)
  })

  it('take ReLU if a file names no activation, as files of other programs', () => {
    const { W1, b1, W2, b2 } = small().params
    const read = decodeModel(encodeSafetensors({ b2, W2, b1, W1 }))
    expect([read.activation, read.inputSize, read.outputSize]).toEqual(['relu', 4, 2])
    expect(read.params.W2.data).toEqual(W2.data)
  })

  it.each([
    ['are not a safetensors file', () => new Uint8Array(40), 'safetensors: '],
    [
      'name an unknown activation',
      () => encodeSafetensors({ ...small().params }, { activation: 'magic' }),
      'activation must be relu, sigmoid, tanh, not "magic"',
    ],
    [
      'hold a weight that does not fit',
      () => encodeSafetensors({ ...small().params, b1: zeros([9], { dtype: 'float32' }) }),
      'MultiLayerNet: W1 (4, 3), b1 (9), W2 (3, 2), b2 (2) do not fit',
    ],
  ])('refuse bytes that %s, in words', (_, bytes, message) => {
    expect(() => decodeModel(bytes())).toThrow(message)
  })

  it('name loadModel, which reads it with its running statistics, if they are of other layers', () => {
    const network = new SimpleConvNet({ inputShape: [1, 6, 6], convolution: { filters: 2, kernel: 3 } })
    const normalized = new MultiLayerNet({
      ...{ inputSize: 4, hiddenSizes: [3], outputSize: 2, batchNormalization: true },
    })
    normalized.lossAndGradient(
      tensor([
        [1, 2, 3, 4],
        [4, 3, 2, 0],
      ]),
      Uint8Array.of(0, 1),
    )
    for (const one of [network, normalized]) {
      const bytes = saveModel(one)
      expect(() => decodeModel(bytes)).toThrow('loadModel reads networks of any layers')
      const loaded = loadModel(bytes).network
      expect(loaded.parameters().map(({ name }) => name)).toEqual(one.parameters().map(({ name }) => name))
      expect(loaded.buffers()).toEqual(one.buffers())
    }
  })

  it('refuse a network whose weights are not W1, b1, W2, b2, …', () => {
    const network = new Network({
      ...buildLayers({ inputShape: [4], layers: [{ type: 'affine', units: 2 }] }),
      loss: small().lastLayer,
    })
    expect(() => encodeModel(network)).toThrow('encodeModel: tensors W1 and b1 are needed, not 0.W, 0.b')
  })
})

describe('weightsBytes', () => {
  const params = { W1: tensor([[1]]), b1: tensor([2]), W2: tensor([[3, 5]]), b2: tensor([-4, 6]) }

  it('are W1 b1 W2 b2, little-endian, from tensors by name or from parameters', () => {
    const bytes = new DataView(new ArrayBuffer(24))
    for (const [i, value] of [1, 2, 3, 5, -4, 6].entries()) bytes.setFloat32(4 * i, value, true)
    const network = TwoLayerNet.fromParameters(params).astype('float32')
    expect(weightsBytes(network.params)).toEqual(new Uint8Array(bytes.buffer))
    expect(weightsBytes(network.parameters())).toEqual(new Uint8Array(bytes.buffer))
    expect(weightsBytes({})).toEqual(new Uint8Array())
  })
})

describe('layerSizes', () => {
  it('are the inputs, the units of each hidden layer and the outputs, whatever the order of the weights', () => {
    expect(layerSizes(deep().params)).toEqual([4, 3, 3, 2])
    const { W1, b1, W2, b2 } = small().params
    expect(layerSizes({ b2, W2, b1, W1 })).toEqual([4, 3, 2])
  })
})
