import { encodeSafetensors } from '@gosa/formats'
import { createRng, tensor } from '@gosa/linalg'
import { MultiLayerNet, TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { areFinite, sizesOf, weightsBytes, weightsOf } from './classifier.ts'
import { decodeModel, encodeModel } from './model-bytes.ts'

const small = () => new TwoLayerNet({ inputSize: 4, hiddenSize: 3, outputSize: 2, rng: createRng(1) })

describe('the bytes of a model file', () => {
  it('give back the weights, and what stands between the layers', () => {
    const deep = new MultiLayerNet({ inputSize: 4, hiddenSizes: [3, 3], outputSize: 2, activation: 'tanh', rng: createRng(1) })
    const read = decodeModel(encodeModel(weightsOf(deep), 'tanh', 5))
    expect(read.activation).toBe('tanh')
    expect(weightsOf(read)).toEqual(weightsOf(deep))
    expect(sizesOf(weightsOf(read))).toEqual([4, 3, 3, 2])
  })

  it.each([
    ['are none', new Uint8Array(40), 'safetensors: '],
    ['name an unknown activation', encodeSafetensors(weightsOf(small()), { activation: 'magic' }), '"magic"'],
  ])('that %s are refused in words', (_what, bytes, message) => {
    expect(() => decodeModel(bytes)).toThrow(message)
  })
})

describe('weights', () => {
  it('are W1 b1 W2 b2 as bytes, little-endian', () => {
    const params = { W1: tensor([[1]]), b1: tensor([2]), W2: tensor([[3]]), b2: tensor([-4]) }
    const bytes = new DataView(new ArrayBuffer(16))
    for (const [i, value] of [1, 2, 3, -4].entries()) bytes.setFloat32(4 * i, value, true)
    const model = TwoLayerNet.fromParameters(params).astype('float32')
    expect(weightsBytes(weightsOf(model))).toEqual(new Uint8Array(bytes.buffer))
  })

  it('are looked through for what is no number', () => {
    const weights = weightsOf(small())
    expect(areFinite(weights)).toBe(true)
    weights.W2.data[3] = Number.NaN
    expect(areFinite(weights)).toBe(false)
  })
})
