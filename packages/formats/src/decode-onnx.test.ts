import { createRng, randomNormal, type Tensor, transpose, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { concatBytes, decodeOnnx, encodeOnnx, FormatError } from './index.ts'
import { bytesField, messageField, packedUintsField, stringField, uintField } from './protobuf.ts'

const rng = createRng(0)
const random = (...shape: number[]) => randomNormal(shape, { rng, dtype: 'float32' })

const window = { kernel: [3, 3], stride: [1, 1], pad: [1, 1] }
const convNet = {
  inputShape: [1, 6, 6],
  layers: {
    Convolution1: { type: 'convolution', filters: 2, ...window },
    BatchNormalization1: { type: 'batchNormalization', epsilon: Math.fround(1e-5) },
    Relu1: { type: 'relu' },
    MaxPooling1: { type: 'maxPooling', size: [2, 2], stride: [2, 2], pad: [0, 0] },
    LeakyRelu1: { type: 'leakyRelu', slope: 0.25 },
    Flatten1: { type: 'flatten' },
    Affine1: { type: 'affine', units: 3 },
    Tanh1: { type: 'tanh' },
    Affine2: { type: 'affine', units: 2 },
  },
  tensors: {
    'Convolution1.W': random(2, 1, 3, 3),
    'Convolution1.b': random(2),
    'BatchNormalization1.gamma': random(2),
    'BatchNormalization1.beta': random(2),
    'BatchNormalization1.runningMean': random(2),
    'BatchNormalization1.runningVariance': random(2),
    'Affine1.W': random(18, 3),
    'Affine1.b': random(3),
    'Affine2.W': random(3, 2),
    'Affine2.b': random(2),
  },
  dtype: 'float32' as const,
}

/** A model of the given nodes, as other programs write it: a file of (N, 3) inputs. */
function model(nodes: Uint8Array[], tensors: Record<string, Tensor>): Uint8Array {
  const axes = [messageField(1, stringField(2, 'N')), messageField(1, uintField(1, 3))]
  const type = messageField(2, messageField(1, uintField(1, 1), messageField(2, ...axes)))
  const initializers = Object.entries(tensors).map(([name, { shape, data }]) =>
    messageField(
      5,
      ...shape.map((length) => uintField(1, length)),
      uintField(2, 1),
      stringField(8, name),
      bytesField(9, new Uint8Array(data.buffer)),
    ),
  )
  return messageFieldOf(...nodes, ...initializers, messageField(11, stringField(1, 'x'), type))
}
const messageFieldOf = (...fields: Uint8Array[]) => concatBytes([uintField(1, 7), messageField(7, ...fields)])

const node = (type: string, inputs: string[], output: string, ...attributes: Uint8Array[]) =>
  messageField(
    1,
    ...inputs.map((one) => stringField(1, one)),
    stringField(2, output),
    stringField(4, type),
    ...attributes,
  )
const int = (name: string, value: number) => messageField(5, stringField(1, name), uintField(3, value))

const W = random(3, 2)
const b = random(2)

describe('decodeOnnx', () => {
  it('returns the layers and tensors that encodeOnnx was given', () => {
    expect(decodeOnnx(encodeOnnx(convNet))).toEqual(convNet)
  })

  it('reads fully connected networks, which name their weights W1, b1, …', () => {
    const weights = { W1: random(4, 3), b1: random(3), W2: random(3, 2), b2: random(2) }
    const { layers, tensors, inputShape } = decodeOnnx(encodeOnnx({ weights, activation: 'sigmoid' }))
    expect(inputShape).toEqual([4])
    expect(Object.values(layers).map(({ type }) => type)).toEqual(['affine', 'sigmoid', 'affine'])
    expect(Object.values(tensors)).toEqual(Object.values(weights))
  })

  it("reads PyTorch's Gemm with a transposed weight, and Keras's MatMul followed by Add", () => {
    const expected = { 'Affine1.W': W, 'Affine1.b': b }
    const gemm = model([node('Gemm', ['x', 'w', 'b'], 'y', int('transB', 1))], { w: transpose(W), b })
    expect(decodeOnnx(gemm).tensors).toEqual(expected)
    const matMul = model([node('MatMul', ['x', 'w'], 'p'), node('Add', ['b', 'p'], 'y')], { w: W, b })
    expect(decodeOnnx(matMul).tensors).toEqual(expected)
    const noBias = model([node('MatMul', ['x', 'w'], 'y')], { w: W })
    expect(decodeOnnx(noBias).tensors).toEqual({ ...expected, 'Affine1.b': zeros([2], { dtype: 'float32' }) })
  })

  it.each([
    ['bytes that are no message', Uint8Array.of(255, 255, 255), /not a protobuf message/],
    ['no bytes', new Uint8Array(0), /has a graph, and there is none/],
    ['a text', new TextEncoder().encode('{"W1": []}'), /protobuf|graph/],
    [
      'an operator that is no layer',
      model([node('LSTM', ['x'], 'y')], {}),
      /operator LSTM cannot be read: operators are Gemm/,
    ],
    [
      'layers that are not in a row',
      model([node('Relu', ['x'], 'y'), node('Tanh', ['x'], 'z')], {}),
      /not in a row/,
    ],
    [
      'a weight that is not in the file',
      model([node('Gemm', ['x', 'w', 'b'], 'y')], { b }),
      /input w is no tensor of the file/,
    ],
    [
      'another product',
      model([node('Gemm', ['x', 'w', 'b'], 'y', int('transA', 1))], { w: W, b }),
      /transA 0/,
    ],
  ])('refuses %s in words', (_, bytes, message) => {
    expect(() => decodeOnnx(bytes, { file: 'net.onnx' })).toThrow(message)
    expect(() => decodeOnnx(bytes, { file: 'net.onnx' })).toThrow(FormatError)
    expect(() => decodeOnnx(bytes, { file: 'net.onnx' })).toThrow(/^net\.onnx: /)
  })

  it('refuses every model that is cut off', () => {
    const bytes = encodeOnnx({ weights: { W1: random(3, 2), b1: random(2) }, activation: 'relu' })
    for (let length = 0; length < bytes.length - 60; length++) {
      expect(() => decodeOnnx(bytes.subarray(0, length))).toThrow(FormatError)
    }
  })

  it('refuses a tensor whose bytes do not fit its shape', () => {
    const tensor = messageField(
      5,
      packedUintsField(1, [9, 9]),
      uintField(2, 1),
      stringField(8, 'w'),
      bytesField(9, new Uint8Array(4)),
    )
    const bytes = concatBytes([model([node('MatMul', ['x', 'w'], 'y')], { w: W }), messageField(7, tensor)])
    expect(() => decodeOnnx(bytes)).not.toThrow()
    const alone = messageFieldOf(
      node('MatMul', ['x', 'w'], 'y'),
      tensor,
      messageField(11, stringField(1, 'x')),
    )
    expect(() => decodeOnnx(alone)).toThrow(/tensor w of shape \(9, 9\) needs 324 bytes, not 4/)
  })
})
