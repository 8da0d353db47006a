import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeNpz, encodeSafetensors } from '@gosa/formats'
import { createRng, norm, type Rng, randomUniform, type Tensor, tensor, zeros } from '@gosa/linalg'
import { encodeModel, layerSizes, TwoLayerNet } from '@gosa/networks'
import { areFinite, weightsOf } from '@gosa/training'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { NetworkConfig } from '../options/network-choice.ts'
import { createNetwork as createFor, restoreNetwork } from './create-network.ts'
import { checkModelFits, encodeNetwork, MODEL_FILE, networkOf, readModel, weightsSha256 } from './model.ts'

type Architecture = Pick<NetworkConfig, 'layers' | 'activation'>

/** A network for 2 × 2 pixels, or as many as its layers take. */
const createNetwork = (
  architecture: Partial<NetworkConfig>,
  { rng, ...options }: Pick<NetworkConfig, 'weightInitStd' | 'dtype'> & { rng: Rng },
) => {
  const { layers: [inputs] = [4] } = architecture
  const images = { name: 'test', height: 2, width: inputs / 2, classes: 2 }
  const config = { network: 'multi-layer', activation: 'relu', ...architecture, ...options } as NetworkConfig
  return createFor(config, images, rng)
}

const architecture: Architecture = { layers: [4, 3, 2], activation: 'relu' }
const small = () => createNetwork(architecture, { weightInitStd: 0.5, rng: createRng(1), dtype: 'float32' })

describe('createNetwork', () => {
  it('draws the same weights as TwoLayerNet', () => {
    const own = new TwoLayerNet({
      inputSize: 4,
      hiddenSize: 3,
      outputSize: 2,
      weightInitStd: 0.5,
      rng: createRng(1),
    })
    expect(weightsOf(small())).toEqual(weightsOf(own))
  })

  it("draws weights by He's rule, scaled by the number of inputs of each layer", () => {
    const wide: Architecture = { layers: [800, 200, 10], activation: 'relu' }
    const { W1, W2 } = weightsOf(
      createNetwork(wide, { weightInitStd: 'he', rng: createRng(1), dtype: 'float64' }),
    )
    const deviation = (x: typeof W1) => norm(x) / Math.sqrt(x.size)
    expect(deviation(W1)).toBeCloseTo(Math.sqrt(2 / 800), 3)
    expect(deviation(W2)).toBeCloseTo(Math.sqrt(2 / 200), 2)
  })

  it('makes a network that networkOf restores from its weights', () => {
    const deep = createNetwork(
      { layers: [4, 5, 3, 2], activation: 'tanh' },
      { weightInitStd: 0.5, rng: createRng(1), dtype: 'float64' },
    )
    const weights = weightsOf(deep)
    expect(layerSizes(weights)).toEqual([4, 5, 3, 2])
    expect(weightsOf(networkOf(weights, 'tanh'))).toEqual(weights)
  })
})

describe('weightsSha256', () => {
  it('hashes the bytes of W1 b1 W2 b2, little-endian', () => {
    const params = {
      ...{ W1: tensor([[1]]), b1: tensor([2]) },
      ...{ W2: tensor([[3, 4]]), b2: tensor([-5, 6]) },
    }
    const bytes = new DataView(new ArrayBuffer(24))
    for (const [i, value] of [1, 2, 3, 4, -5, 6].entries()) bytes.setFloat32(4 * i, value, true)
    const model = TwoLayerNet.fromParameters(params).astype('float32')
    expect(weightsSha256(weightsOf(model))).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('changes with a single bit', () => {
    const [one, other] = [small(), small()]
    expect(weightsSha256(weightsOf(one))).toBe(weightsSha256(weightsOf(other)))
    weightsOf(other).b2.data[0] = -0
    expect(weightsSha256(weightsOf(one))).not.toBe(weightsSha256(weightsOf(other)))
  })

  it('is computed only of weights that areFinite accepts', () => {
    const model = small()
    expect(areFinite(weightsOf(model))).toBe(true)
    for (const wrong of [Number.NaN, Infinity]) {
      weightsOf(model).W2.data[3] = wrong
      expect(areFinite(weightsOf(model))).toBe(false)
    }
  })
})

describe('readModel', () => {
  let folder = ''
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'gosa-model-'))
  })
  afterEach(() => rmSync(folder, { recursive: true }))

  it('reads the weights from a model file and from the folder of a run', async () => {
    const file = join(folder, MODEL_FILE)
    writeFileSync(file, encodeModel({ params: weightsOf(small()), activation: 'relu' }, { iteration: 5 }))
    for (const path of [file, folder]) {
      const read = await readModel(path)
      expect(read.file).toBe(file)
      expect(weightsOf(read.network)).toEqual(weightsOf(small()))
    }
  })

  it.each([
    ['a missing file', undefined, 'the file does not exist'],
    [
      'a NumPy archive',
      encodeNpz(weightsOf(small())),
      'is a NumPy archive; make a model of it with gosa-trainer import',
    ],
    ['another file', new Uint8Array(40), 'is not a model: safetensors: '],
    [
      'other tensors',
      encodeSafetensors({ weight: zeros([2]) }),
      'is not a model: MultiLayerNet: tensors W1 and b1 are needed, not weight',
    ],
    [
      'tensors that do not fit',
      encodeSafetensors({ ...weightsOf(small()), b1: zeros([9], { dtype: 'float32' }) }),
      'is not a model: MultiLayerNet: W1 (4, 3), b1 (9), W2 (3, 2), b2 (2) do not fit: ',
    ],
  ])('rejects %s with a message', async (_what, bytes, message) => {
    const file = join(folder, 'model')
    if (bytes) writeFileSync(file, bytes)
    await expect(readModel(file)).rejects.toMatchObject({
      message: expect.stringContaining(message),
      exitCode: 1,
    })
  })

  it('rejects a folder without a model', async () => {
    await expect(readModel(folder)).rejects.toThrow(`${join(folder, MODEL_FILE)}: the file does not exist`)
  })

  it('checkModelFits rejects a model for other images', () => {
    const data = { name: 'digits', height: 2, width: 2, classes: 2 }
    const model = { file: 'file', network: small() }
    checkModelFits(model, data)
    expect(() => checkModelFits(model, { ...data, width: 3 })).toThrow('takes images of 4 pixels')
    expect(() => checkModelFits(model, { ...data, classes: 3 })).toThrow('has 2 classes, but digits has 3')
  })

  it('reads the activation function', async () => {
    const file = join(folder, 'tanh')
    const deep = createNetwork(
      { layers: [4, 3, 3, 2], activation: 'tanh' },
      { weightInitStd: 'xavier', rng: createRng(1), dtype: 'float64' },
    )
    writeFileSync(file, encodeModel({ params: weightsOf(deep), activation: 'tanh' }, { iteration: 5 }))
    const { activation, network } = await readModel(file)
    expect(activation).toBe('tanh')
    const x = tensor([[1, 2, 3, 4]])
    expect(network.predict(x).toArray()).toEqual(deep.predict(x).toArray())
    writeFileSync(file, encodeSafetensors(weightsOf(deep), { activation: 'magic' }))
    await expect(readModel(file)).rejects.toThrow('activation must be relu, sigmoid, tanh, not "magic"')
  })
})

describe('ConvNets and networks with buffers', () => {
  const images = { name: 'test', height: 12, width: 10, classes: 3 }
  const common = { activation: 'relu', weightInitStd: 0.1, dtype: 'float32' } as const
  const described = {
    layers: [
      { type: 'convolution', filters: 3, kernel: 3 },
      { type: 'batchNormalization' },
      { type: 'relu' },
      { type: 'averagePooling', size: 2 },
      { type: 'dropout', ratio: 0.2 },
      { type: 'affine', units: 3 },
    ],
  } as const
  const configs: Record<string, NetworkConfig> = {
    'simple-conv': { ...common, network: 'simple-conv' },
    'deep-conv': { ...common, network: 'deep-conv', dropout: 0.3 },
    described: { ...common, network: described as never },
    'multi-layer with dropout and batch normalization': {
      ...common,
      ...{ network: 'multi-layer', layers: [120, 8, 6, 3], dropout: 0.2, batchNorm: true },
    },
  }
  const x = randomUniform([4, 120], { rng: createRng(3), dtype: 'float32' })
  const t = Uint8Array.of(0, 1, 2, 0)

  it.each(Object.entries(configs))(
    'are read from their file as they were, running statistics included: %s',
    async (_, config) => {
      const network = createFor(config, images, createRng(1))
      network.lossAndGradient(x, t)
      const folder = mkdtempSync(join(tmpdir(), 'gosa-model-'))
      writeFileSync(join(folder, MODEL_FILE), encodeNetwork(network, { iteration: 1 }))
      const model = await readModel(folder)
      rmSync(folder, { recursive: true })
      expect(model.network.predict(x)).toEqual(network.predict(x))
      expect(Object.keys(model.weights)).toEqual(network.parameters().map(({ name }) => name))
      checkModelFits(model, images)
      expect(() => checkModelFits(model, { ...images, classes: 4 })).toThrow('has 3 classes, but test has 4')
    },
  )

  it.each(Object.entries(configs))(
    'are restored from a state to the bit, masks included: %s',
    (_, config) => {
      const network = createFor(config, images, createRng(1))
      network.lossAndGradient(x, t)
      const copied = (all: readonly { name: string; value: Tensor }[]) =>
        Object.fromEntries(all.map(({ name, value }) => [name, value.clone()]))
      const restored = restoreNetwork(config, images, {
        weights: copied(network.parameters()),
        buffers: copied(network.buffers()),
        layersRng: network.randomState && JSON.parse(JSON.stringify(network.randomState)),
      })
      expect(restored.lossAndGradient(x, t).loss).toBe(network.lossAndGradient(x, t).loss)
      expect(restored.buffers()).toEqual(network.buffers())
    },
  )

  it.each([
    [
      'simple-conv',
      { height: 5, width: 5 },
      /^--network: MaxPooling: .*|^--network: SimpleConvNet: layer Pool1/,
    ],
    [
      { layers: [{ type: 'affine', units: 2 }] },
      {},
      /ends with 2 for each image, but test needs one output for each of its 3 classes/,
    ],
    [{ layers: [{ type: 'convolution', filters: 3, kernel: 3 }] }, {}, /ends with 3×10×8 for each image/],
    [
      { inputShape: [1, 4, 4], layers: [{ type: 'affine', units: 3 }] },
      {},
      /images of shape 1×4×4, but those of test have 12×10 pixels/,
    ],
    [
      { layers: [{ type: 'convolution', filters: 3, kernel: 13 }] },
      {},
      /input 12×10 with kernel 13×13.*a kernel of at most 12×10/,
    ],
    [
      { layers: [{ type: 'affin', units: 3 }] },
      {},
      /layer 0 has the unknown type "affin"; did you mean affine\?/,
    ],
  ])('are refused with what would fit: %j', (network, sizes, message) => {
    const config = { ...common, network } as NetworkConfig
    expect(() => createFor(config, { ...images, ...sizes }, createRng(0))).toThrow(message)
  })
})
