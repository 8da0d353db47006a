import { decodeSafetensors, encodeSafetensors } from '@gosa/formats'
import { Affine, Relu, Sequential } from '@gosa/layers'
import { createRng, randomNormal, type Tensor, tensor } from '@gosa/linalg'
import { BinaryCrossEntropyWithLogits, HuberLoss, MeanSquaredErrorLoss, SoftmaxWithLoss } from '@gosa/losses'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  buildLayers,
  createNetwork,
  decodeModel,
  encodeModel,
  loadModel,
  MultiLayerNet,
  Network,
  type Preprocessing,
  SimpleConvNet,
  saveModel,
  TwoLayerNet,
} from '../index.ts'

const rng = createRng(5)
const everyLayer = () =>
  new Network({
    ...buildLayers({
      inputShape: [2, 9, 9],
      layers: {
        first: { type: 'convolution', filters: 3, kernel: [3, 2], pad: 1, stride: 2 },
        norm: { type: 'batchNormalization', momentum: 0.7 },
        act: { type: 'leakyRelu', slope: 0.2 },
        pool: { type: 'maxPooling', size: 2 },
        elu: { type: 'elu', alpha: 0.5 },
        mean: { type: 'averagePooling', size: 2, stride: 1 },
        gelu: { type: 'gelu' },
        flat: { type: 'flatten' },
        layerNorm: { type: 'layerNormalization' },
        drop: { type: 'dropout', ratio: 0.3 },
        affine: { type: 'affine', units: 4 },
        soft: { type: 'softplus' },
        tanh: { type: 'tanh' },
        out: { type: 'affine', units: 3 },
      },
      rng,
    }),
    loss: new SoftmaxWithLoss({ labelSmoothing: 0.1, weights: [1, 2, 3] }),
    weightDecay: 0.01,
  })

describe('createNetwork', () => {
  it('makes the network that describe() described, also from a structured clone', () => {
    const network = everyLayer()
    const tensors = Object.fromEntries(
      [...network.parameters(), ...network.buffers()].map(({ name, value }) => [name, value.clone()]),
    )
    const copy = createNetwork(structuredClone(network.describe()), tensors)
    const x = randomNormal([2, 2, 9, 9], { rng, dtype: 'float32' })
    expect(copy.predict(x)).toEqual(network.predict(x))
    expect(copy.describe()).toEqual(network.describe())
  })

  it('refuses tensors that do not fit', () => {
    const network = new TwoLayerNet({ inputSize: 3, hiddenSize: 4, outputSize: 2, rng })
    const params = { ...network.params }
    const { W1, ...others } = params
    const data = network.describe()
    expect(() => createNetwork(data, others)).toThrow(
      'createNetwork: layer Affine1 (affine) needs W1 (3, 4) F32, but it is missing',
    )
    expect(() => createNetwork(data, { ...params, W1: W1.astype('float64') })).toThrow('but it is (3, 4) F64')
    expect(() => createNetwork(data, { ...params, W3: W1 })).toThrow('no layer has the tensor')
  })
})

describe('saveModel and loadModel', () => {
  it('keep every kind of layer, weights, buffers, and the loss, to the bit', () => {
    const network = everyLayer()
    const x = randomNormal([5, 2, 9, 9], { rng, dtype: 'float32' })
    network.gradient(x, Uint8Array.of(0, 1, 2, 0, 1)) // moves the running statistics
    const loaded = loadModel(saveModel(network)).network as unknown as typeof network
    expect(loaded.predict(x)).toEqual(network.predict(x))
    expect(loaded.describe()).toEqual(network.describe())
    expect(loaded.loss(x, Uint8Array.of(0, 1, 2, 0, 1))).toBe(network.loss(x, Uint8Array.of(0, 1, 2, 0, 1)))
    expect(loaded.buffers().map(({ value }) => value)).toEqual(network.buffers().map(({ value }) => value))
  })

  it.each([
    ['TwoLayerNet', new TwoLayerNet({ inputSize: 3, hiddenSize: 4, outputSize: 2, rng })],
    [
      'MultiLayerNet',
      new MultiLayerNet({ inputSize: 3, hiddenSizes: [4, 5], outputSize: 2, activation: 'tanh', rng }),
    ],
    ['float64', new TwoLayerNet({ inputSize: 3, hiddenSize: 4, outputSize: 2, rng, dtype: 'float64' })],
  ])('keep the names of the weights: %s', (_, network) => {
    const bytes = saveModel(network, { iteration: 7 })
    const { network: loaded, iteration } = loadModel(bytes)
    expect(Object.keys(loaded.params)).toEqual(Object.keys(network.params))
    const x = randomNormal([4, 3], { rng })
    expect(loaded.predict(x)).toEqual(network.predict(x))
    expect(iteration).toBe(7)
    expect(decodeModel(bytes).predict(x)).toEqual(network.predict(x))
    expect(loadModel(encodeModel(network)).network.predict(x)).toEqual(network.predict(x))
  })

  it('keep a ConvNet of the book', () => {
    const network = new SimpleConvNet({
      inputShape: [1, 8, 8],
      convolution: { filters: 2, kernel: 3 },
      hiddenSize: 5,
      rng,
    })
    const x = randomNormal([2, 1, 8, 8], { rng, dtype: 'float32' })
    expect(loadModel(saveModel(network)).network.predict(x)).toEqual(network.predict(x))
  })

  it.each([
    new BinaryCrossEntropyWithLogits({ weights: [1, 3] }),
    new HuberLoss({ delta: 2 }),
    new MeanSquaredErrorLoss(),
  ])('keep the loss %o', (loss) => {
    const network = new Network({
      ...buildLayers({ inputShape: [2], layers: [{ type: 'affine', units: 1 }] }),
      loss: loss as never,
    })
    expect(loadModel(saveModel(network)).network.lastLayer).toEqual(loss)
  })

  it('refuse a network that cannot be described', () => {
    const loss = new SoftmaxWithLoss()
    const own = {
      forward: (x: Tensor) => x,
      backward: (dout: Tensor) => dout,
      parameters: () => [],
      outputShape: (s: readonly number[]) => s,
    }
    const affine = () => Affine.init(2, 3, { rng })
    expect(() => saveModel(new Network({ layers: { affine: affine(), own }, loss }))).toThrow(
      'layer own (Object) has no describe()',
    )
    expect(() => saveModel(new Network({ layers: [new Sequential([affine()])], loss }))).toThrow(
      '(Sequential)',
    )
    expect(() => saveModel(new Network({ layers: [new Relu(), affine()], loss }))).toThrow(
      'shape of a sample',
    )
    expect(() => saveModel({} as never)).toThrow('saveModel: a Network is needed, not an object')
  })
})

const preprocessing: Preprocessing = {
  features: [
    { kind: 'number', name: 'size', mean: 10, std: 2, fill: 10 },
    { kind: 'category', name: 'colour', categories: ['red', 'white'] },
    { kind: 'category', name: 'shop', categories: ['a'], unseen: 'zeros' },
  ],
  target: { kind: 'class', name: 'quality', classes: ['bad', 'good', 'best'] },
}
const layers = [{ type: 'affine', units: 3, init: 1 }] as const
const ofColumns = () =>
  new Network({ ...buildLayers({ inputShape: [4], layers, rng: createRng(1) }), loss: new SoftmaxWithLoss() })

describe('A model with columns', () => {
  const network = ofColumns()
  const model = loadModel(saveModel(network, { preprocessing }))

  it('predicts from objects of named values', () => {
    const x = tensor([[1, 0, 1, 0]])
    const p = network.predictProbabilities(x).row(0)
    const prediction = model.predict({ size: '12', colour: 'white', shop: 'elsewhere', more: 1 })
    expect(prediction.class).toBe(['bad', 'good', 'best'][network.predictClasses(x)[0]])
    expect(Object.keys(prediction.probabilities ?? {})).toEqual(['bad', 'good', 'best'])
    expect(Object.values(prediction.probabilities ?? {})).toEqual([...p.data])
    expect(
      model.predict([
        { colour: 'white', shop: 'a' },
        { size: null, colour: 'red', shop: 'a' },
      ]),
    ).toHaveLength(2)
    expect(model.predict([])).toEqual([])
    expect(model.predict(x)[0]).toEqual(prediction)
    expect(model.columns).toEqual(['size', 'colour', 'shop'])
  })

  it.each([
    [{ size: 1, shop: 'a' }, 'row 0: column "colour" is not there'],
    [{ size: 1, color: 'red', shop: 'a' }, 'column "colour" is not there; did you mean color?'],
    [{ size: 1, colour: '', shop: 'a' }, 'the value of "colour" is missing'],
    [{ size: 1, colour: 'blue', shop: 'a' }, '"blue" of "colour" is not one of its categories, red, white'],
    [{ size: 'big', colour: 'red', shop: 'a' }, '"big" of "size" is not a finite number'],
    [{ size: '0x1F', colour: 'red', shop: 'a' }, 'is not a finite number'],
    [{ size: Infinity, colour: 'red', shop: 'a' }, 'Infinity of "size" is not a finite number'],
  ])('says which value of %j does not fit', (row, message) => {
    expect(() => model.predict(row)).toThrow(message)
  })

  it('predicts numbers in the unit of the target, and yes or no', () => {
    const target = { kind: 'number', name: 'price', mean: 100, std: 10 } as const
    const number = new Network({
      ...buildLayers({ inputShape: [4], layers: [{ type: 'affine', units: 1 }] }),
      loss: new MeanSquaredErrorLoss(),
    })
    number.params['0.b'].data[0] = 2
    const row = { colour: 'red', shop: 'a' }
    const priced = loadModel(saveModel(number, { preprocessing: { ...preprocessing, target } }))
    const y = number.predict(tensor([[0, 1, 0, 1]])).data[0]
    expect(priced.predict(row)).toEqual({ value: y * 10 + 100 })
    const binary = new Network({
      ...buildLayers({ inputShape: [1], layers: [{ type: 'affine', units: 1, init: 0 }] }),
      loss: new BinaryCrossEntropyWithLogits(),
    })
    const yesOrNo = loadModel(saveModel(binary, { columns: ['size'], classes: ['no', 'yes'] }))
    expect(yesOrNo.predict({ size: 3 })).toEqual({ class: 'no', probabilities: { no: 0.5, yes: 0.5 } })
    expect(() => loadModel(saveModel(binary)).predict({ size: 3 })).toThrow('no names of columns')
  })

  it('refuses names that do not fit the network when it is saved', () => {
    expect(() => saveModel(network, { columns: ['a'] })).toThrow(
      'there are 1 columns, but the network takes 4',
    )
    const { features, target } = preprocessing
    expect(() => saveModel(network, { preprocessing: { features: features.slice(1), target } })).toThrow(
      'the preprocessing gives 3 numbers, but the network takes 4',
    )
    expect(() => saveModel(network, { classes: [1] as never })).toThrow('classes must be an array of texts')
    expect(() => saveModel(network, { preprocessing: {} as never })).toThrow(
      'preprocessing must have features',
    )
  })
})

describe('loadModel refuses', () => {
  const { tensors, metadata } = decodeSafetensors(saveModel(ofColumns(), { preprocessing }))
  const architecture = JSON.parse(metadata.architecture)
  const load = (changes: object, own: Record<string, Tensor> = tensors) =>
    loadModel(encodeSafetensors(own, { ...metadata, ...changes }))
  const described = (changes: object) =>
    load({ architecture: JSON.stringify({ ...architecture, ...changes }) })

  it.each<[string, () => unknown, string]>([
    [
      'a newer version',
      () => load({ version: '2' }),
      'version "2" of the model format, but this @gosa/networks reads 1',
    ],
    ['another file', () => loadModel(encodeSafetensors({ a: tensor([1]) })), 'the file is no model'],
    [
      'an unknown layer',
      () => described({ layers: { 0: { type: 'attention' } } }),
      'the type "attention", which is not known',
    ],
    ['a name of Object', () => described({ layers: { 0: { type: 'toString' } } }), 'which is not known'],
    ['an unknown loss', () => described({ loss: { type: 'hinge' } }), 'the loss "hinge" is not known'],
    [
      'an unknown option',
      () => described({ layers: { 0: { type: 'affine', units: 3, size: 1 } } }),
      'there is no option size',
    ],
    [
      'huge sizes, without allocating them',
      () => described({ layers: { 0: { type: 'affine', units: 1e12 } } }),
      'layer 0 (affine) needs 0.W (4, 1000000000000) F32, but it is (4, 3) F32',
    ],
    ['a missing tensor', () => load({}, { '0.W': tensors['0.W'] }), 'needs 0.b (3) F32, but it is missing'],
    [
      'a tensor too many',
      () => load({}, { ...tensors, extra: tensor([1]) }),
      'no layer has the tensor "extra"',
    ],
    [
      'another dtype',
      () => load({}, { ...tensors, '0.b': tensors['0.b'].astype('float64') }),
      'but it is (3) F64',
    ],
    ['columns that do not fit', () => load({ columns: '["a"]' }), 'there are 1 columns'],
    ['metadata that is no JSON', () => load({ architecture: '{' }), 'architecture is not JSON'],
    [
      'an architecture without layers',
      () => load({ architecture: '{}' }),
      'must have inputShape, layers, loss and dtype',
    ],
    ['an architecture that is null', () => load({ architecture: 'null' }), 'must have inputShape'],
    ['an input shape of texts', () => described({ inputShape: ['4'] }), 'must have inputShape'],
    [
      'a loss option of a wrong kind',
      () => described({ loss: { type: 'softmaxWithLoss', labelSmoothing: 3 } }),
      'labelSmoothing must be',
    ],
    [
      'preprocessing without a deviation',
      () =>
        load({
          preprocessing: JSON.stringify({
            ...preprocessing,
            features: [{ kind: 'number', name: 'a', mean: 0, std: 0 }],
          }),
        }),
      'preprocessing must have',
    ],
  ])('%s', (_, act, message) => {
    expect(act).toThrow(message)
    expect(act).toThrow(/^loadModel: /)
  })

  it('any change of its metadata with a documented error, or reads it', () => {
    const text = metadata.architecture
    fc.assert(
      fc.property(fc.nat({ max: text.length - 1 }), fc.string({ maxLength: 3 }), (at, by) => {
        try {
          load({ architecture: text.slice(0, at) + by + text.slice(at + 1) })
        } catch (error) {
          expect((error as Error).message).toMatch(/^loadModel: /)
        }
      }),
    )
  })
})
