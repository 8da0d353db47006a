import { syntheticDigits } from '@gosa/datasets'
import { checkNetwork } from '@gosa/gradcheck'
import { Affine, type Layer, Relu, Sequential, Tanh } from '@gosa/layers'
import {
  allClose,
  argmax,
  axpy,
  compress,
  createRng,
  randomNormal,
  scale,
  type Tensor,
  tensor,
  zeros,
} from '@gosa/linalg'
import {
  BinaryCrossEntropyWithLogits,
  type Loss,
  MeanSquaredErrorLoss,
  SoftmaxWithLoss,
  softmax,
} from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { accuracy, buildLayers, Network, TwoLayerNet } from './index.ts'

const double = { dtype: 'float64' } as const

/** A classifier (4) → (6) → (3) of hand-made layers in float64, in general position, with samples. */
function small() {
  const rng = createRng(1)
  const affine = (D: number, M: number) =>
    new Affine(randomNormal([D, M], { std: 0.5, rng }), randomNormal([M], { std: 0.5, rng }))
  const network = new Network({
    layers: [affine(4, 6), new Tanh(), affine(6, 3)],
    loss: new SoftmaxWithLoss(),
  })
  return { network, x: randomNormal([5, 4], { rng }), t: Uint8Array.of(0, 2, 1, 1, 0) }
}

/** A user-defined layer that doubles its input and has only the required methods. */
const doubling = (): Layer => ({
  forward: (x) => scale(x, 2),
  backward: (dout: Tensor) => scale(dout, 2),
  parameters: () => [],
})

/** Takes steps of gradient descent. */
function train(network: Network<never>, x: Tensor, t: unknown, steps: number, learningRate: number): void {
  for (let i = 0; i < steps; i++) {
    network.gradient(x, t as never)
    for (const { value, grad } of network.parameters()) axpy(-learningRate, grad, value)
  }
}

describe('Networks on data without conversions', () => {
  const digits = syntheticDigits({ count: 300, seed: 0 })
  const rng = () => createRng(0)

  it('learn generated digits, with Network of layers in their default dtype', () => {
    const options = { rng: rng() }
    const network = new Network({
      layers: [Affine.init(784, 50, options), new Relu(), Affine.init(50, 10, options)],
      loss: new SoftmaxWithLoss(),
    })
    const before = network.loss(digits.x, digits.t)
    train(network, digits.x, digits.t, 30, 0.3)
    expect(network.loss(digits.x, digits.t)).toBeLessThan(before / 2)
    expect(network.accuracy(digits.x, digits.t)).toBeGreaterThan(0.8)
  })

  it('take generated digits in Sequential, alone and as a layer of Network', () => {
    const options = { rng: rng() }
    const row = new Sequential([Affine.init(784, 50, options), new Relu(), Affine.init(50, 10, options)])
    expect(row.forward(digits.x).shape).toEqual([300, 10])
    const network = new Network({ layers: [row], loss: new SoftmaxWithLoss() })
    expect(network.parameters().map(({ name }) => name)).toEqual(['0.0.W', '0.0.b', '0.2.W', '0.2.b'])
    expect(network.predict(digits.x).data).toEqual(row.forward(digits.x).data)
  })

  it('learn exclusive or in TwoLayerNet from tensors made by hand, which are float64', () => {
    const x = tensor([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ])
    const options = { inputSize: 2, hiddenSize: 8, outputSize: 2, weightInitStd: 0.5 }
    const network = new TwoLayerNet({ ...options, rng: createRng(1) })
    const single = new TwoLayerNet({ ...options, rng: createRng(1) })
    const oneHot = tensor([
      [1, 0],
      [0, 1],
      [0, 1],
      [1, 0],
    ])
    train(network, x, oneHot, 500, 0.5)
    train(single, x.astype('float32'), oneHot.astype('float32'), 500, 0.5)
    expect(network.accuracy(x, oneHot)).toBe(1)
    expect(network.accuracy(x, Uint8Array.of(0, 1, 1, 0))).toBe(1)
    expect(network.params.W1.data).toEqual(single.params.W1.data)
  })
})

describe('Network and dtypes', () => {
  const { network, x, t } = small()
  const single = network.astype('float32')

  it('converts inputs, and predicts in the dtype of its weights', () => {
    expect(single.predict(x).dtype).toBe('float32')
    expect(single.predict(x).data).toEqual(single.predict(x.astype('float32')).data)
    expect(network.predict(x.astype('float32')).dtype).toBe('float64')
  })

  it('converts targets that are tensors', () => {
    const soft = softmax(randomNormal([5, 3], { rng: createRng(3) }))
    expect(single.loss(x, soft)).toBe(single.loss(x.astype('float32'), soft.astype('float32')))
    expect(single.accuracy(x, soft)).toBe(network.accuracy(x, soft))
    const numerical = network.numericalGradient(x.astype('float32'), soft.astype('float32'))
    const gradients = network.gradient(x.astype('float32'), soft.astype('float32'))
    for (const name of Object.keys(numerical)) {
      expect(allClose(gradients[name], numerical[name], { atol: 1e-7 })).toBe(true)
    }
  })

  it('does not copy inputs that have the dtype already', () => {
    const seen: Tensor[] = []
    const first = Object.assign(new Relu(), {
      forward(given: Tensor) {
        seen.push(given)
        return Relu.prototype.forward.call(this, given)
      },
    })
    const network = new Network({
      layers: [first, Affine.init(4, 3, { rng: createRng(1), ...double })],
      loss: new SoftmaxWithLoss(),
    })
    network.loss(x, t)
    expect(seen[0]).toBe(x)
  })

  it('throws for an input that is not a tensor', () => {
    expect(() => network.predict([[1, 2, 3, 4]] as never)).toThrow(
      'Network: x must be a tensor, not an array: tensor(…) converts arrays',
    )
  })
})

describe('Network', () => {
  it('passes the gradient check, for class indices and for probabilities', () => {
    const { network, x, t } = small()
    for (const labels of [t, softmax(randomNormal([5, 3], { rng: createRng(3) }))]) {
      const report = checkNetwork(network, x, labels)
      expect(report.verdict, report.toString()).toBe('pass')
      expect(report.entries.map(({ name }) => name)).toEqual(['0.W', '0.b', '2.W', '2.b'])
    }
  })

  it('passes the gradient check with another loss: regression', () => {
    const { network, x } = small()
    const regression = new Network({ layers: network.layers, loss: new MeanSquaredErrorLoss() })
    const report = checkNetwork(regression, x, randomNormal([5, 3], { rng: createRng(4) }))
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('learns a line by regression', () => {
    const rng = createRng(0)
    const x = randomNormal([50, 1], { rng })
    const t = tensor(x.data.map((value) => 3 * value - 1)).reshape([50, 1])
    const network = new Network({ layers: [Affine.init(1, 1, { rng })], loss: new MeanSquaredErrorLoss() })
    train(network, x, t, 200, 0.1)
    expect(network.params['0.W'].at(0, 0)).toBeCloseTo(3, 4)
    expect(network.params['0.b'].at(0)).toBeCloseTo(-1, 4)
  })

  it('returns from lossAndGradient the loss and the gradients that loss and gradient return', () => {
    const { network, x, t } = small()
    const { loss, gradients } = network.lossAndGradient(x, t)
    expect(loss).toBe(network.loss(x, t))
    const copies = Object.entries(gradients).map(([name, { data }]) => [name, data.slice()])
    expect(Object.entries(network.gradient(x, t)).map(([name, { data }]) => [name, data])).toEqual(copies)
    for (const { name, grad } of network.parameters()) expect(gradients[name]).toBe(grad)
  })

  it('takes layers by name, and prefixes parameters with it', () => {
    const { network, x } = small()
    const [Affine1, Tanh1, Affine2] = Object.values(network.layers)
    const named = new Network({ layers: { Affine1, Tanh1, Affine2 }, loss: new SoftmaxWithLoss() })
    expect(Object.keys(named.params)).toEqual(['Affine1.W', 'Affine1.b', 'Affine2.W', 'Affine2.b'])
    expect(Object.keys(named.layers)).toEqual(['Affine1', 'Tanh1', 'Affine2'])
    expect(named.predict(x).data).toEqual(network.predict(x).data)
    expect(named.params['Affine2.b']).toBe((Affine2 as Affine).b)
  })

  it('has the tensors of the layers as params; assigning one copies into the layer', () => {
    const { network } = small()
    const { W } = network.layers[0] as Affine
    network.params['0.W'] = zeros([4, 6])
    expect(network.params['0.W']).toBe(W)
    expect(W.data.every((value) => value === 0)).toBe(true)
    expect(() => {
      network.params['0.W'] = zeros([6, 4])
    }).toThrow('params.0.W is (4, 6) float64; a tensor of (6, 4) float64 does not fit')
  })

  it('passes { train: true } to the layers in gradient, but not in loss, predict and accuracy', () => {
    const seen: unknown[] = []
    const spy = Object.assign(new Relu(), {
      forward(x: Tensor, options?: { train?: boolean }) {
        seen.push(options?.train ?? false)
        return Relu.prototype.forward.call(this, x)
      },
    })
    const network = new Network({ layers: [spy], loss: new SoftmaxWithLoss() })
    const [x, t] = [tensor([[1, 2]]), Uint8Array.of(0)]
    network.gradient(x, t)
    network.loss(x, t)
    network.predict(x)
    network.accuracy(x, t)
    expect(seen).toEqual([true, false, false, false])
  })

  it('returns the buffers of its layers by name, separate from parameters', () => {
    const value = tensor([1, 2])
    const norm = Object.assign(new Relu(), { buffers: () => [{ name: 'mean', value }] })
    const network = new Network({ layers: { Norm1: norm }, loss: new SoftmaxWithLoss() })
    expect(network.buffers()).toEqual([{ name: 'Norm1.mean', value }])
    expect(network.parameters()).toEqual([])
    expect(small().network.buffers()).toEqual([])
  })

  it('returns from astype a separate copy, or throws if a layer has no astype', () => {
    const { network, x } = small()
    const single = network.astype('float32')
    expect(single.params['2.b'].dtype).toBe('float32')
    expect(allClose(single.predict(x), network.predict(x), { rtol: 1e-4, atol: 1e-6 })).toBe(true)
    single.params['0.W'].data.fill(0)
    expect(network.params['0.W'].at(0, 0)).not.toBe(0)
    const own = new Network({ layers: [doubling()], loss: new SoftmaxWithLoss() })
    expect(() => own.astype('float32')).toThrow(
      'Network: layer 0 cannot be converted to float32: it has no astype(dtype)',
    )
  })
})

describe('Network.predict', () => {
  const rng = createRng(1)
  const x = randomNormal([5000, 4], { rng, dtype: 'float32' })
  const affine = (D: number, M: number) => Affine.init(D, M, { rng })

  it('processes many samples in parts, with the same bits as sample by sample', () => {
    const network = new Network({
      layers: [affine(4, 100), new Relu(), affine(100, 3)],
      loss: new SoftmaxWithLoss(),
    })
    const rows: number[] = []
    const { forward } = network.layers[1]
    network.layers[1].forward = function (this: Layer, given, options) {
      rows.push(given.shape[0])
      return forward.call(this, given, options)
    }
    const outputs = network.predict(x)
    expect(rows).toEqual([1311, 1311, 1311, 1067])
    for (const n of [0, 1310, 1311, 4999]) {
      expect(network.predict(x.row(n)).data).toEqual(outputs.row(n).data)
    }
    expect(network.predict(compress(x)).data).toEqual(outputs.data)
  })

  it('processes all samples at once if a layer has no outputShape', () => {
    const network = new Network({
      layers: [affine(4, 100), doubling(), affine(100, 3)],
      loss: new SoftmaxWithLoss(),
    })
    const outputs = network.predict(x)
    expect(outputs.shape).toEqual([5000, 3])
    expect(network.predict(x.rows(4999, 5000)).data).toEqual(outputs.row(4999).data)
  })

  it('keeps the axes of an output that is not a vector', () => {
    const network = new Network({ layers: [new Relu(), new Tanh()], loss: new MeanSquaredErrorLoss() })
    const images = x.reshape([50, 1, 20, 20])
    expect(network.predict(images).shape).toEqual([50, 1, 20, 20])
    const large = randomNormal([3, 2, 300, 400], { rng, dtype: 'float32' })
    expect(network.predict(large).shape).toEqual([3, 2, 300, 400])
    expect(network.predict(large).row(2).data).toEqual(network.predict(large.rows(2, 3)).data)
  })

  it('passes on the error of the layer that x does not fit', () => {
    const network = new Network({ layers: [affine(5, 3)], loss: new SoftmaxWithLoss() })
    expect(() => network.predict(x)).toThrow('Affine: x has shape (5000, 4), but W (5, 3) takes (N, 5)')
  })
})

describe('Network.accuracy', () => {
  it('throws for a loss without classes', () => {
    const network = new Network({
      layers: [Affine.init(2, 1, { rng: createRng(0) })],
      loss: new MeanSquaredErrorLoss(),
    })
    expect(() => network.accuracy(zeros([3, 2]), zeros([3, 1]))).toThrow(
      'accuracy: MeanSquaredErrorLoss has no classes, so there is no accuracy; ' +
        'loss(x, t) judges the network, or accuracy(network.predict(x), labels)',
    )
  })

  it('works with a user-defined loss that classifies', () => {
    const { network, x, t } = small()
    const own: Loss<Uint8Array> = {
      classifies: true,
      forward: () => 0,
      backward: () => zeros([5, 3]),
    }
    const classifier = new Network({ layers: network.layers, loss: own })
    expect(classifier.accuracy(x, t)).toBe(accuracy(network.predict(x), t))
  })
})

describe('The constructor of Network', () => {
  const options = { rng: createRng(0) }
  const loss = new SoftmaxWithLoss()

  it('throws for layers that do not fit each other, naming the layer and both shapes', () => {
    expect(
      () =>
        new Network({
          layers: [Affine.init(784, 50, options), new Relu(), Affine.init(40, 10, options)],
          loss,
        }),
    ).toThrow(
      'Network: layer 2 cannot follow layer 1: Affine: one sample has shape (50), but W (40, 10) takes (40), ' +
        'or another shape of 40 elements',
    )
    expect(
      () => new Network({ layers: [Affine.init(784, 50, options)], inputShape: [1, 28, 27], loss }),
    ).toThrow(/Network: layer 0 does not take the input: .*\(1, 28, 27\).*\(784, 50\)/)
  })

  it('throws for a layer that occurs twice, for no layers, and for different dtypes', () => {
    const relu = new Relu()
    expect(() => new Network({ layers: { a: relu, b: relu }, loss })).toThrow(/a layer occurs twice/)
    expect(() => new Network({ layers: [], loss })).toThrow(/at least one layer/)
    expect(() => new Network({ layers: undefined as never, loss })).toThrow(TypeError)
    const layers = [Affine.init(2, 2, options), Affine.init(2, 2, { ...options, ...double })]
    expect(() => new Network({ layers, loss })).toThrow(
      'Network: 0.W float32, 0.b float32, 1.W float64, 1.b float64 do not mix: convert layers with astype',
    )
  })

  it('throws for a description in place of a layer, naming buildLayers', () => {
    const layers = [new Relu(), { type: 'relu' } as never]
    expect(() => new Network({ layers, loss })).toThrow(
      'Network: layer 1 must be a layer, an object with forward and backward, not an object; buildLayers makes layers of descriptions',
    )
  })

  it('throws for a class in place of a layer, and for what is no loss', () => {
    expect(() => new Network({ layers: [Relu as never], loss })).toThrow(/layer 0 .*, not the class Relu;/)
    expect(() => new Network({ layers: [new Relu()], loss: SoftmaxWithLoss as never })).toThrow(
      'Network: loss must be an object with forward and backward, such as new SoftmaxWithLoss(), not the class SoftmaxWithLoss',
    )
    expect(() => new Network({ layers: [new Relu()] } as never)).toThrow(
      'Network: the option loss is missing',
    )
  })

  it('throws for a classifier of one class, which cannot learn', () => {
    const layers = [Affine.init(2, 1, options)]
    expect(() => new Network({ layers, loss })).toThrow('Network: one output is one class')
    expect(() => new Network({ layers, loss: new MeanSquaredErrorLoss() })).not.toThrow()
  })

  it('throws for two parameters of one name', () => {
    const layers = [Affine.init(2, 2, options), Affine.init(2, 2, options)]
    expect(() => new Network({ layers, loss, parameterName: (parameter) => parameter })).toThrow(
      'Network: two parameters are called W; names must differ',
    )
  })
})

describe('Network.summary', () => {
  it('is a table of layers with output shapes and numbers of parameters, and their total', () => {
    const network = new TwoLayerNet({ inputSize: 784, hiddenSize: 50, outputSize: 10 })
    expect(network.summary().split('\n')).toEqual([
      'layer    class            output    parameters',
      'input                     (N, 784)',
      'Affine1  Affine           (N, 50)       39,250',
      'Relu1    Relu             (N, 50)            0',
      'Affine2  Affine           (N, 10)          510',
      'loss     SoftmaxWithLoss',
      'total                                   39,760',
    ])
  })

  it('shows an unknown shape as ?', () => {
    const network = new Network({ layers: [doubling()], loss: new MeanSquaredErrorLoss() })
    expect(network.summary()).toMatch(/^input +\?$/m)
    expect(network.summary()).toMatch(/^0 +Object +\? +0$/m)
  })
})

describe('What a network predicts', () => {
  const x = tensor([
    [1, -2],
    [-3, 0.5],
  ])
  const network = (units: number, loss: ConstructorParameters<typeof Network>[0]['loss']) =>
    new Network({
      ...buildLayers({ inputShape: [2], layers: [{ type: 'affine', units, init: 1 }], rng: createRng(3) }),
      loss,
    })

  it('is probabilities and classes with SoftmaxWithLoss', () => {
    const net = network(3, new SoftmaxWithLoss())
    expect(net.predictProbabilities(x)).toEqual(softmax(net.predict(x)))
    const classes = net.predictClasses(x)
    expect([...classes]).toEqual([...argmax(net.predict(x), { axis: 1 })])
    expect(net.accuracy(x, classes)).toBe(1)
  })

  it('is the probability of class 1, and 0 or 1, with BinaryCrossEntropyWithLogits', () => {
    const net = network(1, new BinaryCrossEntropyWithLogits())
    const [p, logits] = [net.predictProbabilities(x), net.predict(x)]
    expect(p.shape).toEqual([2, 1])
    expect([...net.predictClasses(x)]).toEqual([...logits.data].map((logit) => (logit > 0 ? 1 : 0)))
    expect([...net.predictClasses(x)]).toEqual([...p.data].map((one) => (one > 0.5 ? 1 : 0)))
    expect(net.accuracy(x, net.predictClasses(x))).toBe(1)
    expect(
      net.accuracy(
        x,
        net.predictClasses(x).map((label) => 1 - label),
      ),
    ).toBe(0)
    expect(() => net.accuracy(x, Uint8Array.of(1))).toThrow('1 labels do not fit 2 samples')
  })

  it('is neither with a loss of numbers', () => {
    const net = network(1, new MeanSquaredErrorLoss() as never)
    expect(() => net.predictProbabilities(x)).toThrow('MeanSquaredErrorLoss has no probabilities')
    expect(() => net.predictClasses(x)).toThrow('MeanSquaredErrorLoss has no classes')
  })
})
