import { checkNetwork } from '@gosa/gradcheck'
import { compress, createRng, norm, randomNormal, type Tensor, zeros } from '@gosa/linalg'
import { SoftmaxWithLoss } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { buildLayers, DeepConvNet, MultiLayerNet, Network, SimpleConvNet } from './index.ts'

const sizeOf = (network: Network) => network.parameters().reduce((sum, { value }) => sum + value.size, 0)
const shapesOf = (network: Network) =>
  Object.fromEntries(Object.entries<Tensor>(network.params).map(([name, { shape }]) => [name, shape]))

/** Moves the weights by a step against the gradient. */
function step(network: Network, x: Tensor, t: Uint8Array): void {
  const { gradients } = network.lossAndGradient(x, t)
  for (const { name, value } of network.parameters()) {
    for (let i = 0; i < value.size; i++) value.data[i] -= 0.1 * gradients[name].data[i]
  }
}

describe('SimpleConvNet', () => {
  const small = (options = {}) =>
    new SimpleConvNet({
      inputShape: [2, 7, 6],
      convolution: { filters: 3, kernel: 2 },
      hiddenSize: 5,
      outputSize: 4,
      weightInitStd: 0.5,
      dtype: 'float64',
      ...options,
    })
  const x = randomNormal([3, 2, 7, 6], { rng: createRng(1) })
  const t = Uint8Array.of(3, 0, 2)

  it('has the book’s layers and weights by default: 433,890 numbers', () => {
    const network = new SimpleConvNet()
    expect(shapesOf(network)).toEqual({
      W1: [30, 1, 5, 5],
      b1: [30],
      W2: [4320, 100],
      b2: [100],
      W3: [100, 10],
      b3: [10],
    })
    expect(sizeOf(network)).toBe(433_890)
    expect(Object.keys(network.layers)).toEqual(['Conv1', 'Relu1', 'Pool1', 'Affine1', 'Relu2', 'Affine2'])
    expect(network.summary()).toContain('(N, 30, 12, 12)')
    expect(network.predict(zeros([2, 1, 28, 28])).shape).toEqual([2, 10])
  })

  it('draws its weights with standard deviation 0.01', () => {
    const { W2 } = new SimpleConvNet().params
    const std = norm(W2) / Math.sqrt(W2.size)
    expect(std).toBeCloseTo(0.01, 4)
  })

  it('passes the gradient check, all weights', () => {
    const report = checkNetwork(small(), x, t)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2', 'W3', 'b3'])
  })

  it('passes it with weight decay, in the loss and in the gradient', () => {
    const report = checkNetwork(small({ weightDecay: 0.1 }), x, t)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(small({ weightDecay: 0.1 }).loss(x, t)).toBeGreaterThan(small().loss(x, t))
  })

  it.each([
    ['filters of 2×2, which make 27×27', { filters: 30, kernel: 2 }, 30 * 13 * 13],
    ['padding 1, which makes 26×26', { filters: 30, kernel: 5, pad: 1 }, 30 * 13 * 13],
    ['stride 3, which makes 8×8', { filters: 4, kernel: 5, stride: 3 }, 4 * 4 * 4],
  ])('takes %s (the book’s formula for the Affine layer fails for odd sizes)', (_, convolution, inputs) => {
    const network = new SimpleConvNet({ convolution, hiddenSize: 3 })
    expect(network.params.W2.shape).toEqual([inputs, 3])
    expect(network.predict(zeros([1, 1, 28, 28])).shape).toEqual([1, 10])
  })

  it('counts all samples in accuracy, also of fewer or more than 100 (the book’s drops the rest)', () => {
    const network = new SimpleConvNet({ hiddenSize: 3 })
    const images = randomNormal([103, 1, 28, 28], { rng: createRng(3), dtype: 'float32' })
    const logits = network.predict(images)
    const right = Uint8Array.from({ length: 103 }, (_, n) =>
      logits.row(n).data.indexOf(Math.max(...logits.row(n).data)),
    )
    expect(network.accuracy(images, right)).toBe(1)
    expect(network.accuracy(images.rows(0, 7), right.subarray(0, 7))).toBe(1)
  })

  it('takes flat samples (N, C·H·W) too, with the same bits, in prediction and in training', () => {
    const network = small()
    const flat = x.reshape([3, 84])
    expect(network.predict(flat)).toEqual(network.predict(x))
    expect(network.accuracy(flat, t)).toBe(network.accuracy(x, t))
    const ofImages = network.lossAndGradient(x, t)
    const gradient = ofImages.gradients.W1.clone()
    const { loss, gradients } = network.lossAndGradient(flat, t)
    expect([loss, gradients.W1.data]).toEqual([ofImages.loss, gradient.data])
    expect(() => network.predict(zeros([3, 83]))).toThrow('takes images (N, 2, H, W)')
    const compressed = compress(zeros([2, 84]))
    expect(network.predict(compressed)).toEqual(network.predict(zeros([2, 2, 7, 6])))
  })

  it('learns', () => {
    const network = small()
    const before = network.loss(x, t)
    for (let i = 0; i < 50; i++) step(network, x, t)
    expect(network.loss(x, t)).toBeLessThan(0.2 * before)
  })

  it('keeps its options and weights in another dtype', () => {
    const network = small({ weightDecay: 0.1 })
    const copy = network.astype('float32')
    expect(copy).toBeInstanceOf(SimpleConvNet)
    expect(copy.weightDecay).toBe(0.1)
    expect(copy.params.W2.at(3, 2)).toBe(Math.fround(network.params.W2.at(3, 2)))
    expect(copy.loss(x, t)).toBeCloseTo(network.loss(x, t), 4)
  })

  it.each<[string, object]>([
    ['one sample has shape (784), but it takes an image', { inputShape: [784] }],
    ['input 3×3 with kernel 5×5, stride 1, pad 0: the window is larger', { inputShape: [1, 3, 3] }],
    ['layer Pool1 cannot follow layer Relu1: MaxPooling: input 1×1', { inputShape: [1, 5, 5] }],
    ['there is no option hidden; did you mean hiddenSize?', { hidden: 3 }],
    ['hiddenSize must be an integer of at least 1, not 0', { hiddenSize: 0 }],
    ['there is no option filterNumber', { convolution: { filterNumber: 3 } }],
  ])('throws when it is built: %s', (message, options) => {
    expect(() => new SimpleConvNet(options)).toThrow(message)
  })
})

describe('DeepConvNet', () => {
  const x = randomNormal([2, 1, 5, 4], { rng: createRng(1) })
  const t = Uint8Array.of(1, 2)
  const small = (options = {}) =>
    new DeepConvNet({
      inputShape: [1, 5, 4],
      convolutions: [
        { filters: 2, kernel: 2, pad: 1 },
        { filters: 3, kernel: 3, pad: 2 },
      ],
      hiddenSize: 4,
      outputSize: 3,
      dtype: 'float64',
      ...options,
    })

  it('has the book’s layers and weights by default: 123,552 numbers, and 1024 inputs of the first Affine layer', () => {
    const network = new DeepConvNet()
    expect(sizeOf(network)).toBe(123_552)
    const { W1, W4, W7, b8 } = network.params
    expect([W1, W4, W7, b8].map(({ shape }) => shape)).toEqual([
      [16, 1, 3, 3],
      [32, 32, 3, 3],
      [1024, 50],
      [10],
    ])
    expect(Object.keys(network.layers).join(' ')).toBe(
      'Conv1 Relu1 Conv2 Relu2 Pool1 Conv3 Relu3 Conv4 Relu4 Pool2 Conv5 Relu5 Conv6 Relu6 Pool3 ' +
        'Affine1 Relu7 Dropout1 Affine2 Dropout2',
    )
    expect(network.predict(zeros([2, 1, 28, 28])).shape).toEqual([2, 10])
  })

  it('draws He’s weights', () => {
    const { W7 } = new DeepConvNet().params
    const std = norm(W7) / Math.sqrt(W7.size)
    expect(std).toBeCloseTo(Math.sqrt(2 / 1024), 3)
  })

  it('passes the gradient check with its dropout, whose masks are the same in each pass', () => {
    const network = small()
    for (const { value } of network.parameters()) {
      value.data.set(randomNormal(value.shape, { std: 0.5, rng: createRng(value.size) }).data)
    }
    const { randomState } = network
    const report = checkNetwork(network, x, t)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(network.randomState).toEqual(randomState)
  })

  it('drops in training alone, and with other masks in each step', () => {
    const network = small()
    expect(network.loss(x, t)).toBe(network.loss(x, t))
    const losses = Array.from({ length: 8 }, () => network.loss(x, t, { train: true }))
    expect(new Set(losses).size).toBeGreaterThan(1)
    expect(small({ dropout: 0 }).loss(x, t, { train: true })).toBe(network.loss(x, t))
  })

  it('resumes to the bit from weights and random state as JSON', () => {
    const network = small()
    for (let i = 0; i < 3; i++) step(network, x, t)
    const resumed = small({ rng: createRng(99) })
    Object.assign(resumed.params, network.params)
    resumed.randomState = JSON.parse(JSON.stringify(network.randomState))
    for (let i = 0; i < 3; i++) {
      step(network, x, t)
      step(resumed, x, t)
    }
    expect(resumed.predict(x).data).toEqual(network.predict(x).data)
  })

  it('keeps options, weights and random state in another dtype', () => {
    const network = small({ dropout: 0.25 })
    network.loss(x, t, { train: true })
    const copy = network.astype('float32')
    expect(copy.randomState).toEqual(network.randomState)
    expect(copy.loss(x, t, { train: true })).toBeCloseTo(network.loss(x, t, { train: true }), 5)
  })
})

describe('MultiLayerNet with the options of the book’s MultiLayerNetExtend', () => {
  const make = (options = {}) =>
    new MultiLayerNet({
      inputSize: 4,
      hiddenSizes: [5, 6],
      outputSize: 3,
      weightInitStd: 0.5,
      dtype: 'float64',
      ...options,
    })
  const everything = { dropout: 0.3, batchNormalization: true, weightDecay: 0.1, activation: 'tanh' } as const
  const x = randomNormal([6, 4], { rng: createRng(1) })
  const t = Uint8Array.of(0, 1, 2, 2, 1, 0)

  it('has batch normalization before, and dropout after each activation', () => {
    expect(Object.keys(make(everything).layers)).toEqual([
      ...['Affine1', 'BatchNorm1', 'Tanh1', 'Dropout1'],
      ...['Affine2', 'BatchNorm2', 'Tanh2', 'Dropout2'],
      'Affine3',
    ])
    expect(Object.keys(make(everything).params).slice(0, 4)).toEqual(['W1', 'b1', 'gamma1', 'beta1'])
    const buffers = make(everything).buffers()
    expect(buffers.map(({ name }) => name)).toEqual([
      ...['runningMean1', 'runningVariance1'],
      ...['runningMean2', 'runningVariance2'],
    ])
  })

  it('has the same initial weights with and without them', () => {
    expect(make(everything).params.W3.data).toEqual(make().params.W3.data)
  })

  it.each([
    ['batch normalization', { batchNormalization: true, activation: 'tanh' }],
    ['dropout', { dropout: 0.3 }],
    ['weight decay', { weightDecay: 0.1 }],
    ['all of them', everything],
  ])(
    'passes the gradient check with %s, which moves neither running statistics nor generators',
    (_, options) => {
      const network = make(options)
      step(network, x, t)
      const state = () => [network.buffers().map(({ value }) => value.toArray()), network.randomState]
      const before = state()
      const report = checkNetwork(network, x, t)
      expect(report.verdict, report.toString()).toBe('pass')
      expect(state()).toEqual(before)
    },
  )

  it('has a numericalGradient that agrees with gradient, with one mask (the book’s draws new ones)', () => {
    const network = make(everything)
    const { randomState } = network
    const numerical = network.numericalGradient(x, t)
    expect(network.randomState).toEqual(randomState)
    expect(network.buffers()[0].value.data).toEqual(new Float64Array(5))
    const analytic = network.gradient(x, t)
    for (const [name, { data }] of Object.entries(numerical)) {
      for (const [i, value] of data.entries()) expect(analytic[name].data[i]).toBeCloseTo(value, 6)
    }
  })

  it('decays weights, not biases, gamma and beta', () => {
    const [plain, decayed] = [{}, { weightDecay: 0.5 }].map((options) =>
      make({ batchNormalization: true, ...options }),
    )
    const [before, after] = [plain.gradient(x, t), decayed.gradient(x, t)]
    expect(after.W1.at(1, 2)).toBeCloseTo(before.W1.at(1, 2) + 0.5 * plain.params.W1.at(1, 2), 14)
    for (const name of ['b1', 'gamma1', 'beta2']) expect(after[name].data).toEqual(before[name].data)
    expect(() => make({ weightDecay: -1 })).toThrow(
      'Network: weightDecay must be a number of at least 0, not -1',
    )
  })

  it('copies everything to another dtype', () => {
    const network = make(everything)
    for (let i = 0; i < 3; i++) step(network, x, t)
    const copy = network.astype('float64')
    expect(copy.predict(x).data).toEqual(network.predict(x).data)
    expect(copy.loss(x, t, { train: true })).toBe(network.loss(x, t, { train: true }))
    expect(Object.keys(copy.layers)).toEqual(Object.keys(network.layers))
  })
})

describe('buildLayers with an input shape', () => {
  const layers = [
    { type: 'convolution', filters: 4, kernel: [3, 2], pad: 1, stride: 2 },
    { type: 'batchNormalization' },
    { type: 'leakyRelu', slope: 0.1 },
    { type: 'maxPooling', size: 2, stride: 1 },
    { type: 'averagePooling', size: 2 },
    { type: 'flatten' },
    { type: 'layerNormalization' },
    { type: 'dropout', ratio: 0.2 },
    { type: 'affine', units: 5 },
    { type: 'gelu' },
    { type: 'elu' },
    { type: 'softplus' },
    { type: 'affine', units: 3 },
  ] as const

  it('makes any stack of layers from JSON, and finds the sizes between them', () => {
    const description = JSON.parse(JSON.stringify({ inputShape: [2, 9, 11], layers }))
    const network = new Network({ ...buildLayers(description), loss: new SoftmaxWithLoss() })
    // 9 + 2 − 3 is 8, 11 + 2 − 2 is 11, halved 5 × 6, pooled 4 × 5, then 2 × 2.
    expect(network.params['8.W'].shape).toEqual([4 * 2 * 2, 5])
    expect(network.predict(zeros([3, 2, 9, 11])).shape).toEqual([3, 3])
    expect(network.buffers().map(({ name }) => name)).toEqual(['1.runningMean', '1.runningVariance'])
  })

  it('gives each dropout a generator of its own, so that a run resumes to the bit', () => {
    const two = [{ type: 'dropout' }, { type: 'dropout' }] as const
    const { layers } = buildLayers({ inputShape: [8], layers: two })
    expect(layers[0].randomState).not.toEqual(layers[1].randomState)
  })

  it('makes global pooling and embedding, too', () => {
    const images = buildLayers({ inputShape: [3, 4, 5], layers: [{ type: 'globalAveragePooling' }] })
    expect(images.layers[0].outputShape?.([3, 4, 5])).toEqual([3])
    const words = [
      { type: 'embedding', count: 10, size: 4 },
      { type: 'affine', units: 2 },
    ] as const
    const { layers } = buildLayers({ inputShape: [6], layers: words })
    expect(layers[1].inputShape).toEqual([24])
  })

  it.each<[string, object]>([
    [
      'layer 0: Convolution: input 9×11 with kernel 12×12, stride 1, pad 0: the window is larger than the padded input, 9×11; an input of at least 12×12, a kernel of at most 9×11, or pad 2 would fit',
      { type: 'convolution', filters: 2, kernel: 12 },
    ],
    ['layer 0: Convolution.init: the option kernel is missing', { type: 'convolution', filters: 2 }],
    [
      'layer 0 (convolution): there is no option strid; did you mean stride?',
      { type: 'convolution', strid: 2 },
    ],
    ['layer 0: MaxPooling: the option size is missing', { type: 'maxPooling' }],
    ['layer 0: Dropout: ratio must be at least 0 and less than 1, not 1', { type: 'dropout', ratio: 1 }],
  ])('throws: %s', (message, layer) => {
    expect(() => buildLayers({ inputShape: [2, 9, 11], layers: [layer as never] })).toThrow(message)
  })

  it('throws for an image layer without an input shape, or after a layer that gives no images', () => {
    const convolution = { type: 'convolution', filters: 2, kernel: 3 } as const
    expect(() => buildLayers({ layers: [convolution] })).toThrow(
      'layer 0 (convolution) has no known input shape: add inputShape, the shape of one sample, such as [784] or [1, 28, 28]',
    )
    expect(() => buildLayers({ inputShape: [1, 8, 8], layers: [{ type: 'flatten' }, convolution] })).toThrow(
      'layer 1: Convolution: one sample has shape (64), but it takes an image',
    )
  })
})
