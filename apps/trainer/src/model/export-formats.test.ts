import { spawnSync } from 'node:child_process'
import { decodeNpz } from '@gosa/formats'
import { createRng, randomUniform, tensor } from '@gosa/linalg'
import { MultiLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import type { NetworkConfig } from '../options/network-choice.ts'
import { createNetwork } from './create-network.ts'
import { EXPORT_FORMATS, exportModel, formatOfFile } from './export-formats.ts'

const PYTHON = '/usr/bin/python3'
const hasNumPy = spawnSync(PYTHON, ['-c', 'import numpy']).status === 0
if (!hasNumPy) console.log('skipped, because NumPy was not found (python3-numpy): reading exported weights')

const runtime = await import('onnxruntime-web').catch(() => undefined)
if (runtime) runtime.env.wasm.numThreads = 1
else console.log('left out (onnxruntime-web did not load): the logits that ONNX Runtime computes of ConvNets')

const weights = {
  W1: tensor(
    [
      [1, -2, 0.5],
      [3, 0.1, 0],
    ],
    { dtype: 'float32' },
  ),
  b1: tensor([0.25, 1e-30, -7], { dtype: 'float32' }),
}
const model = { network: MultiLayerNet.fromParameters(weights, { activation: 'tanh' }) }

/** The weights as NumPy reads them: dtype, shape and elements by name. */
const expected = Object.fromEntries(
  Object.entries(weights).map(([name, { shape, data }]) => [name, ['float32', shape, [...data]]]),
)

function python(program: string, input: Uint8Array): unknown {
  const { stdout, stderr } = spawnSync(PYTHON, ['-c', `import io, json, struct, sys, numpy\n${program}`], {
    input,
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return JSON.parse(stdout)
}

describe('exportModel', () => {
  it('writes dtype, shape and elements as JSON', () => {
    expect(JSON.parse(exportModel('json', model) as string)).toEqual({
      W1: { dtype: 'float32', shape: [2, 3], data: [...weights.W1.data] },
      b1: { dtype: 'float32', shape: [3], data: [...weights.b1.data] },
    })
  })

  it('writes safetensors that a reader of ten lines reads', () => {
    const bytes = Buffer.from(exportModel('safetensors', model) as Uint8Array)
    const length = Number(bytes.readBigUInt64LE(0))
    const { __metadata__: metadata, ...described } = JSON.parse(bytes.toString('utf8', 8, 8 + length))
    expect(metadata).toEqual({ producer: 'gosa', layers: '2,3', activation: 'tanh' })
    for (const [name, { shape, data }] of Object.entries(weights)) {
      const { dtype, shape: storedShape, data_offsets } = described[name]
      const [begin, end] = data_offsets.map((offset: number) => 8 + length + offset)
      const read = Array.from({ length: (end - begin) / 4 }, (_, i) => bytes.readFloatLE(begin + 4 * i))
      expect([dtype, storedShape, read]).toEqual(['F32', shape, [...data]])
    }
  })

  it.skipIf(!hasNumPy)('writes safetensors that NumPy reads', () => {
    const program = `
content = sys.stdin.buffer.read()
(length,) = struct.unpack('<Q', content[:8])
header = json.loads(content[8:8 + length])
read = {}
for name in header.keys() - {'__metadata__'}:
    begin, end = header[name]['data_offsets']
    array = numpy.frombuffer(content[8 + length:][begin:end], dtype='<f4').reshape(header[name]['shape'])
    read[name] = [str(array.dtype), array.shape, array.ravel().tolist()]
print(json.dumps(read))`
    expect(python(program, exportModel('safetensors', model) as Uint8Array)).toEqual(expected)
  })

  it('writes npz that decodeNpz reads', async () => {
    const arrays = await decodeNpz(exportModel('npz', model) as Uint8Array)
    for (const [name, { shape, data }] of Object.entries(weights)) {
      expect([arrays[name].shape, arrays[name].data]).toEqual([shape, data])
    }
  })

  it.skipIf(!hasNumPy)('writes npz that NumPy reads', () => {
    const program = `
arrays = numpy.load(io.BytesIO(sys.stdin.buffer.read()))
print(json.dumps({name: [str(arrays[name].dtype), arrays[name].shape, arrays[name].ravel().tolist()] for name in arrays.files}))`
    expect(python(program, exportModel('npz', model) as Uint8Array)).toEqual(expected)
  })
})

describe('formatOfFile', () => {
  it.each([
    ['model.onnx', 'onnx'],
    ['model.ONNX', 'onnx'],
    ['Model.SafeTensors', 'safetensors'],
    ['a.b/model.v2.NPZ', 'npz'],
    ['model.Json', 'json'],
    ['.onnx', 'onnx'],
    ['model', 'json'],
    ['runs.2024/model', 'json'],
  ])('reads the ending of %s without regard to case', (file, format) => {
    expect(formatOfFile(file)).toBe(format)
  })

  it.each([
    'model.h5',
    'model.pt',
    'model.PTH',
    'model.keras',
    'model.v2',
    'model.onnx.gz',
    'model.',
    'model.npy',
  ])('rejects %s with the list of endings', (file) => {
    expect(() => formatOfFile(file)).toThrow(
      /these endings are: \.json, \.safetensors, \.npz, \.onnx; for another name add --format json\|/,
    )
  })

  it('knows all formats', () => {
    expect(EXPORT_FORMATS.map((format) => formatOfFile(`x.${format}`))).toEqual(EXPORT_FORMATS)
  })
})

describe('a network as ONNX', () => {
  const convolution = (filters: number) => ({
    type: 'convolution',
    filters,
    kernel: [3, 2],
    stride: [1, 2],
    pad: 1,
  })
  const affine = { type: 'affine', units: 4 }
  const stacks: Record<string, Partial<NetworkConfig>> = {
    SimpleConvNet: { network: 'simple-conv' },
    DeepConvNet: { network: 'deep-conv', dropout: 0.5 },
    'fully connected with batch normalization and dropout': {
      ...{ network: 'multi-layer', layers: [180, 9, 8, 4], dropout: 0.2, batchNorm: true },
    },
    'batch normalization of channels, overlapping max pooling': {
      network: {
        layers: [
          convolution(5),
          { type: 'batchNormalization' },
          { type: 'relu' },
          { type: 'maxPooling', size: 3, stride: 2, pad: 1 },
          affine,
        ],
      } as never,
    },
    'average pooling with padding, leaky ReLU, ELU, flatten': {
      network: {
        layers: [
          convolution(4),
          { type: 'leakyRelu', slope: 0.2 },
          { type: 'averagePooling', size: [3, 2], stride: 2, pad: 1 },
          { type: 'flatten' },
          { type: 'affine', units: 6 },
          { type: 'elu', alpha: 0.7 },
          affine,
        ],
      } as never,
    },
    'layer normalization, GELU, softplus, global average pooling': {
      network: {
        layers: [
          convolution(4),
          { type: 'layerNormalization' },
          { type: 'gelu' },
          convolution(6),
          { type: 'softplus' },
          { type: 'globalAveragePooling' },
          affine,
        ],
      } as never,
    },
    'sigmoid, tanh, dropout at the end': {
      network: {
        layers: [
          { type: 'affine', units: 6 },
          { type: 'sigmoid' },
          { type: 'affine', units: 5 },
          { type: 'tanh' },
          affine,
          { type: 'dropout' },
        ],
      } as never,
    },
  }

  it.skipIf(!runtime).each(Object.entries(stacks))(
    'gives ONNX Runtime the logits of the trained network, to 1e-5: %s',
    async (_, stack) => {
      const images = { name: 'test', height: 15, width: 12, classes: 4 }
      const config = { activation: 'tanh', weightInitStd: 0.1, dtype: 'float32', ...stack } as NetworkConfig
      const network = createNetwork(config, images, createRng(1))
      const rng = createRng(2)
      const x = randomUniform([6, 180], { rng, dtype: 'float32' })
      // A step of training moves running statistics, and biases away from 0.
      const { gradients } = network.lossAndGradient(x, Uint8Array.of(0, 1, 2, 3, 1, 2))
      for (const { name, value } of network.parameters()) {
        value.data.forEach((_, i) => {
          value.data[i] -= gradients[name].data[i] + 0.1 * (rng.uniform() - 0.5)
        })
      }
      const { InferenceSession, Tensor } = runtime as NonNullable<typeof runtime>
      const session = await InferenceSession.create(exportModel('onnx', { network }) as Uint8Array)
      const shape = [6, ...(network.inputShape as number[])]
      const { logits } = await session.run({ images: new Tensor('float32', x.data as Float32Array, shape) })
      const own = network.predict(x)
      expect(logits.dims).toEqual(own.shape)
      const largest = Math.max(...Array.from(own.data, Math.abs))
      expect(largest).toBeGreaterThan(0.01)
      own.data.forEach((value, i) => {
        expect(Math.abs((logits.data as Float32Array)[i] - value) / largest).toBeLessThan(1e-5)
      })
    },
  )
})
