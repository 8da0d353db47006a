import { encodeNpz, encodeOnnx, encodeSafetensors, FormatError, SafetensorsError } from '@gosa/formats'
import { createRng, randomNormal, transpose, zeros } from '@gosa/linalg'
import { encodeModel } from '@gosa/networks'
import { weightsOf } from '@gosa/training'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeWeights, WeightsError } from './import-weights.ts'
import { networkOf } from './model.ts'

const rng = createRng(1)
const weights = {
  W1: randomNormal([2, 3], { rng, dtype: 'float32' }),
  b1: randomNormal([3], { rng, dtype: 'float32' }),
  W2: randomNormal([3, 2], { rng, dtype: 'float32' }),
  b2: randomNormal([2], { rng, dtype: 'float32' }),
}

describe('decodeWeights', () => {
  it('reads safetensors with the activation', async () => {
    expect(await decodeWeights(encodeModel({ params: weights, activation: 'tanh' }))).toEqual({
      weights,
      activation: 'tanh',
      leftOut: [],
    })
    expect(await decodeWeights(encodeSafetensors(weights))).toEqual({ weights, leftOut: [] })
  })

  it('reads npz', async () => {
    const read = await decodeWeights(encodeNpz(weights))
    expect(Object.keys(read.weights)).toEqual(Object.keys(weights))
    for (const [name, { data, shape, dtype }] of Object.entries(weights)) {
      expect(read.weights[name]).toMatchObject({ data, shape, dtype })
    }
  })

  it('reads ONNX with the activation, and names the layers of a model that it cannot read', async () => {
    expect(await decodeWeights(encodeOnnx({ weights, activation: 'tanh' }))).toEqual({
      weights,
      activation: 'tanh',
      leftOut: [],
    })
    const { W1, b1 } = weights
    const layers = { Affine1: { type: 'affine', units: 3 }, Elu1: { type: 'elu' } }
    const other = encodeOnnx({ inputShape: [2], layers, tensors: { 'Affine1.W': W1, 'Affine1.b': b1 } })
    await expect(decodeWeights(other)).rejects.toThrow('its layers are affine, elu; a model is made of')
    await expect(decodeWeights(other.subarray(0, 50))).rejects.toThrow(FormatError)
  })

  it('reads PyTorch’s names 0.weight, 0.bias, 2.weight, …, and transposes its matrices', async () => {
    const torch = {
      '10.bias': weights.b2,
      '2.bias': weights.b1,
      '10.weight': transpose(weights.W2),
      '2.weight': transpose(weights.W1),
    }
    const read = (await decodeWeights(encodeSafetensors(torch))).weights
    expect(Object.keys(read)).toEqual(['W1', 'b1', 'W2', 'b2'])
    for (const [name, { data, shape }] of Object.entries(weights)) {
      expect([read[name].shape, read[name].data]).toEqual([shape, data])
    }
  })

  it('reads Keras’s names dense/kernel:0, dense/bias:0, dense_1/kernel:0, …, as they are', async () => {
    const keras = {
      'dense_1/bias:0': weights.b2,
      'dense_1/kernel:0': weights.W2,
      'dense/kernel:0': weights.W1,
      'dense/bias:0': weights.b1,
    }
    const { weights: read, order } = await decodeWeights(encodeNpz(keras))
    expect(order).toEqual(['dense', 'dense_1'])
    for (const [name, { data, shape }] of Object.entries(weights)) {
      expect([read[name].shape, read[name].data]).toEqual([shape, data])
    }
  })

  it('leaves out integers beside the weights, and says so', async () => {
    const steps = { shape: [], data: Int32Array.of(9) }
    expect(await decodeWeights(encodeNpz({ ...weights, steps }))).toMatchObject({
      leftOut: ['steps (int32)'],
    })
    const header = JSON.stringify({
      W1: { dtype: 'F16', shape: [1, 1], data_offsets: [0, 2] },
      b1: { dtype: 'F32', shape: [1], data_offsets: [2, 6] },
      steps: { dtype: 'I64', shape: [], data_offsets: [6, 14] },
    })
    const bytes = Buffer.alloc(8 + header.length + 14)
    bytes.writeBigUInt64LE(BigInt(header.length))
    bytes.write(header, 8)
    bytes.writeUInt16LE(0x3c00, 8 + header.length)
    const read = await decodeWeights(bytes)
    expect([read.leftOut, Object.keys(read.weights)]).toEqual([['steps (I64)'], ['W1', 'b1']])
    expect([read.weights.W1.dtype, read.weights.W1.toArray()]).toEqual(['float32', [[1]]])
  })

  it('looks at the names in an archive before it unpacks', async () => {
    const bytes = encodeNpz({ kernel: zeros([2, 2]) })
    // A byte of the elements: the checksum is wrong, which is not noticed.
    bytes[150] ^= 1
    await expect(decodeWeights(bytes)).rejects.toThrow('it holds kernel; expected W1, b1')
  })

  it.each([
    [
      'weights of other kinds of layers',
      encodeSafetensors({ ...weights, running_mean: zeros([3]) }),
      /it also holds running_mean, which are not a weight and a bias/,
    ],
    ['an order of names that have one', encodeNpz(weights), /leave out --order/, ['1', '2']],
    ['other names', encodeSafetensors({ kernel: zeros([2, 2]) }), /it holds kernel; expected W1, b1/],
    ['no tensors', encodeSafetensors({}), /it holds nothing; expected/],
    [
      'a weight without its bias',
      encodeSafetensors({ '0.weight': zeros([2, 2]) }),
      /it holds 0.weight; expected/,
    ],
    [
      'convolutions',
      encodeSafetensors({ '0.weight': zeros([2, 1, 3, 3]), '0.bias': zeros([2]) }),
      /0.weight has 4 axes; the weights of a Linear or Dense layer have 2/,
    ],
    [
      'integers',
      encodeNpz({ W1: { shape: [1, 1], data: Int32Array.of(1) }, b1: zeros([1]) }),
      /W1 is int32; weights must be floats of 16, 32 or 64 bits/,
    ],
    ['an unknown activation', encodeSafetensors(weights, { activation: 'magic' }), /activation is 'magic'/],
  ])('rejects %s', async (_what, bytes, message, order?: string[]) => {
    await expect(decodeWeights(bytes, order)).rejects.toThrow(WeightsError)
    await expect(decodeWeights(bytes, order)).rejects.toThrow(message)
  })
})

describe('decodeWeights of a damaged file', () => {
  const change = fc.record({
    at: fc.nat(1200),
    removed: fc.integer({ min: 0, max: 9 }),
    added: fc.uint8Array({ maxLength: 9 }),
  })
  const cutOff = fc.record({
    at: fc.nat(1200),
    removed: fc.constant(10_000),
    added: fc.constant(new Uint8Array(0)),
  })

  /** The numbers of damaged files that are read and rejected. Throws if one fails in another way. */
  async function fate(whole: Uint8Array, numRuns: number): Promise<{ read: number; refused: number }> {
    const fate = { read: 0, refused: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(change, change, cutOff), { minLength: 1, maxLength: 3 }),
        async (changes) => {
          let bytes = [...whole]
          for (const { at, removed, added } of changes) {
            const place = at % (bytes.length + 1)
            bytes = [...bytes.slice(0, place), ...added, ...bytes.slice(place + removed)]
          }
          const decoded = await decodeWeights(Uint8Array.from(bytes)).catch((error) => {
            if (![FormatError, WeightsError].some((kind) => error instanceof kind)) throw error
          })
          if (!decoded) return void fate.refused++
          try {
            const { W1, b1 } = weightsOf(networkOf(decoded.weights, 'relu'))
            expect([W1.shape[1], W1.size]).toEqual([b1.size, W1.data.length])
            fate.read++
          } catch (error) {
            expect((error as Error).message).toMatch(/^MultiLayerNet: /)
            fate.refused++
          }
        },
      ),
      { numRuns },
    )
    return fate
  }

  it('rejects safetensors with a message, or reads them if only numbers or unused names changed', async () => {
    const { read, refused } = await fate(encodeModel({ params: weights, activation: 'relu' }), 3000)
    expect(refused).toBeGreaterThan(2000)
    expect(read).toBeGreaterThan(0)
  })

  it('rejects npz with a message, or reads it if only unused bytes changed', async () => {
    const { refused } = await fate(encodeNpz(weights), 2000)
    expect(refused).toBeGreaterThan(1500)
  })

  it('allocates no memory for safetensors whose header claims more than the file holds', async () => {
    const file = (header: object) => {
      const text = Buffer.from(JSON.stringify(header))
      const length = Buffer.alloc(8)
      length.writeBigUInt64LE(BigInt(text.length))
      return Buffer.concat([length, text, Buffer.alloc(8)])
    }
    const size = 2 ** 50
    for (const header of [
      { W1: { dtype: 'F32', shape: [size, 1], data_offsets: [0, 4 * size] } },
      { W1: { dtype: 'F32', shape: [size, 1], data_offsets: [0, 8] } },
      { W1: { dtype: 'F64', shape: [1, 1], data_offsets: [size, size + 8] } },
    ]) {
      await expect(decodeWeights(file(header))).rejects.toThrow(SafetensorsError)
    }
  })
})
