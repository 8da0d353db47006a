import { checkNetwork } from '@gosa/gradcheck'
import { type Affine, type Layer, Tanh } from '@gosa/layers'
import { createRng, negate, norm, randomNormal, type Tensor, tensor, zeros } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import {
  ACTIVATIONS,
  type Activation,
  MultiLayerNet,
  type MultiLayerNetOptions,
  TwoLayerNet,
} from './index.ts'

const t = Uint8Array.of(0, 2, 1, 1, 0)

/** A network in general position, biases too, and samples for it. */
function small(activation: Activation = 'relu', hiddenSizes = [6, 5]) {
  const rng = createRng(1)
  const network = new MultiLayerNet({
    inputSize: 4,
    hiddenSizes,
    outputSize: 3,
    activation,
    weightInitStd: 0.7,
    rng,
    dtype: 'float64',
  })
  for (const { name, value } of network.parameters()) {
    if (name.startsWith('b')) network.params[name] = randomNormal(value.shape, { std: 0.5, rng })
  }
  return { network, x: randomNormal([5, 4], { rng }) }
}

const copies = (tensors: Record<string, Tensor>) =>
  Object.entries(tensors).map(([name, { data }]) => [name, data.slice()])

describe('MultiLayerNet', () => {
  it('computes Affine – ReLU – Affine – ReLU – Affine, as calculated by hand', () => {
    const network = MultiLayerNet.fromParameters({
      W1: tensor([[1, -1]]),
      b1: tensor([0, 1]),
      W2: tensor([
        [1, -2],
        [5, 5],
      ]),
      b2: tensor([1, 0]),
      W3: tensor([
        [2, 3],
        [7, 7],
      ]),
      b3: tensor([0, 10]),
    })
    // (3, −2) becomes (3, 0), then (4, −6) becomes (4, 0).
    expect(network.predict(tensor([[3]])).toArray()).toEqual([[8, 22]])
    expect([network.inputSize, network.hiddenSizes, network.outputSize]).toEqual([1, [2, 2], 2])
  })

  it('names its layers as the book, and has their weights as parameters', () => {
    const { network } = small('sigmoid')
    expect(Object.keys(network.layers)).toEqual(['Affine1', 'Sigmoid1', 'Affine2', 'Sigmoid2', 'Affine3'])
    expect(network.activation).toBe('sigmoid')
    expect([network.inputSize, network.hiddenSizes, network.outputSize]).toEqual([4, [6, 5], 3])
    expect(network.parameters().map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2', 'W3', 'b3'])
    for (const { name, value } of network.parameters()) expect(network.params[name]).toBe(value)
    expect((network.layers.Affine2 as Affine).W).toBe(network.params.W2)
  })

  it.each(['float32', 'float64'] as const)(
    'with two Affine layers and ReLU equals TwoLayerNet to the bit in %s',
    (dtype) => {
      const rng = createRng(7)
      const x = randomNormal([5, 4], { rng, dtype })
      const options = { rng: createRng(5), dtype }
      const book = new TwoLayerNet({
        inputSize: 4,
        hiddenSize: 6,
        outputSize: 3,
        weightInitStd: 0.5,
        ...options,
      })
      const network = new MultiLayerNet({
        inputSize: 4,
        hiddenSizes: [6],
        outputSize: 3,
        weightInitStd: 0.5,
        ...options,
        rng: createRng(5),
      })
      expect(copies(network.params)).toEqual(copies({ ...book.params }))
      expect(network.predict(x).data).toEqual(book.predict(x).data)
      expect(network.loss(x, t)).toBe(book.loss(x, t))
      expect(copies(network.gradient(x, t))).toEqual(copies({ ...book.gradient(x, t) }))
      expect(network.accuracy(x, t)).toBe(book.accuracy(x, t))
    },
  )

  it('is a linear classifier without hidden layers', () => {
    const network = new MultiLayerNet({ inputSize: 4, hiddenSizes: [], outputSize: 3 })
    expect(Object.keys(network.layers)).toEqual(['Affine1'])
    expect(network.predict(zeros([2, 4], { dtype: 'float32' })).shape).toEqual([2, 3])
  })

  it('takes one sample as a vector (D), and images (N, C, H, W)', () => {
    const { network, x } = small()
    expect(network.predict(x.row(0)).toArray()).toEqual(network.predict(x.rows(0, 1)).row(0).toArray())
    expect(network.predict(x.reshape([5, 1, 2, 2])).toArray()).toEqual(network.predict(x).toArray())
    expect(network.loss(x.row(0), t.subarray(0, 1))).toBe(network.loss(x.rows(0, 1), t.subarray(0, 1)))
  })

  it('initializes weights by He for ReLU and by Xavier for the others, equal for equal seeds', () => {
    const deviation = (activation: Activation) => {
      const { W1 } = new MultiLayerNet({ inputSize: 800, hiddenSizes: [200], outputSize: 10, activation })
        .params
      return norm(W1) / Math.sqrt(W1.size)
    }
    expect(deviation('relu')).toBeCloseTo(Math.sqrt(2 / 800), 3)
    expect(deviation('tanh')).toBeCloseTo(Math.sqrt(1 / 800), 3)
    const make = (seed: number) =>
      copies(
        new MultiLayerNet({ inputSize: 3, hiddenSizes: [4], outputSize: 2, rng: createRng(seed) }).params,
      )
    expect(make(5)).toEqual(make(5))
    expect(make(5)).not.toEqual(make(6))
  })

  it.each([
    [
      { inputSize: 4, hiddenSizes: [3], outputSize: 2.5 },
      'outputSize must be an integer of at least 1, not 2.5',
    ],
    [{ inputSize: -1, hiddenSizes: [], outputSize: 2 }, 'inputSize must be an integer of at least 1, not -1'],
    [
      { inputSize: 4, hiddenSizes: [0], outputSize: 2 },
      'hiddenSizes must be an array of integers of at least 1, such as [128, 64], not [0]',
    ],
    [
      { inputSize: 4, hiddenSizes: '3', outputSize: 2 },
      'hiddenSizes must be an array of integers of at least 1, such as [128, 64], not "3"',
    ],
    [
      { inputSize: 4, hiddenSizes: [3, null], outputSize: 2 },
      'hiddenSizes must be an array of integers of at least 1, such as [128, 64], not [3, null]',
    ],
    [
      { inputSize: 4, hiddenSize: 3, outputSize: 2 },
      'there is no option hiddenSize; did you mean hiddenSizes?',
    ],
    [
      { inputSize: 4, hiddenSizes: [3], outputSize: 1 },
      'one output is one class, whose probability is always 1: use 2 outputs for two classes, or new Network with MeanSquaredErrorLoss for a number',
    ],
  ])('throws for the sizes %j', (sizes, message) => {
    expect(() => new MultiLayerNet(sizes as unknown as MultiLayerNetOptions)).toThrow(
      `MultiLayerNet: ${message}`,
    )
  })

  it('throws for an unknown activation, also for names that every object has', () => {
    for (const activation of ['magic', 'toString', '']) {
      expect(
        () =>
          new MultiLayerNet({
            inputSize: 4,
            hiddenSizes: [3],
            outputSize: 2,
            activation: activation as 'relu',
          }),
      ).toThrow(`activation must be relu, sigmoid, tanh, not "${activation}"`)
    }
  })
})

describe('The gradient check of MultiLayerNet', () => {
  it.each(ACTIVATIONS)('passes with %s, for class indices and for soft labels', (activation) => {
    const { network, x } = small(activation)
    for (const labels of [t, softmax(randomNormal([5, 3], { rng: createRng(3) }))]) {
      const report = checkNetwork(network, x, labels)
      expect(report.verdict, report.toString()).toBe('pass')
      expect(report.entries.map(({ name }) => name)).toEqual(['W1', 'b1', 'W2', 'b2', 'W3', 'b3'])
    }
  })

  it('passes with one Affine layer, and with four', () => {
    for (const hiddenSizes of [[], [5, 5, 5]]) {
      const { network, x } = small('tanh', hiddenSizes)
      expect(checkNetwork(network, x, t).verdict).toBe('pass')
    }
  })

  it('passes for a float32 network, on its float64 copy', () => {
    const { network, x } = small()
    const report = checkNetwork(network.astype('float32'), x.astype('float32'), t)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('agrees with numericalGradient, which does not change the weights', () => {
    const { network, x } = small('sigmoid')
    const before = copies(network.params)
    const numerical = network.numericalGradient(x, t)
    expect(copies(network.params)).toEqual(before)
    const gradient = network.gradient(x, t)
    expect(Object.keys(numerical)).toEqual(Object.keys(gradient))
    for (const [name, { data }] of Object.entries(gradient)) {
      data.forEach((value, i) => {
        expect(value).toBeCloseTo(numerical[name].data[i], 8)
      })
    }
  })

  it('fails for a layer with a sign error, naming the weights before it', () => {
    const { network, x } = small('tanh')
    const wrong = new (class extends Tanh {
      override backward(dout: Tensor): Tensor {
        return negate(super.backward(dout))
      }
    })()
    ;(network.layers as Record<string, Layer>).Tanh2 = wrong
    const report = checkNetwork(network, x, t)
    expect(report.verdict).toBe('fail')
    const failing = report.entries.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)
    expect(failing).toEqual(['W1', 'b1', 'W2', 'b2'])
  })
})

describe('MultiLayerNet.params', () => {
  it('copies the elements of an assigned tensor into the layer', () => {
    const { network } = small()
    const { W2 } = network.params
    network.params.W2 = negate(W2)
    expect(network.params.W2).toBe(W2)
    expect(() => {
      network.params.W2 = zeros([5, 6])
    }).toThrow('params.W2 is (6, 5) float64; a tensor of (5, 6) float64 does not fit')
  })

  it('is copied by fromParameters and astype, which keep the activation', () => {
    const { network, x } = small('tanh')
    const copy = MultiLayerNet.fromParameters(network.params, { activation: 'tanh' })
    expect(copy.predict(x).data).toEqual(network.predict(x).data)
    expect(copy.predict(x).data).not.toEqual(MultiLayerNet.fromParameters(network.params).predict(x).data)
    copy.params.W1.data.fill(0)
    expect(copy.predict(x).data).not.toEqual(network.predict(x).data)
    const single = network.astype('float32')
    expect([single.activation, single.params.b3.dtype]).toEqual(['tanh', 'float32'])
  })

  it('throws in fromParameters for weights that do not fit, naming all shapes', () => {
    const { W1, b1, W2, b2, W3, b3 } = small().network.params
    expect(() => MultiLayerNet.fromParameters({ W1, b1, W2: W3, b2: b3, W3, b3 })).toThrow(
      'MultiLayerNet: W1 (4, 6), b1 (6), W2 (5, 3), b2 (3), W3 (5, 3), b3 (3) do not fit: ' +
        '(D, H1), (H1), (H1, H2), (H2), (H2, C) and (C) are needed',
    )
    expect(() => MultiLayerNet.fromParameters({ W1, b1, W2, b2: b2.astype('float32') })).toThrow(
      /b2 float32 do not mix/,
    )
    expect(() => MultiLayerNet.fromParameters({ W1, b1, W2, b2, W3 })).toThrow(
      'MultiLayerNet: tensors W1, b1, W2, b2, W3 and b3 are needed, not W1, b1, W2, b2, W3',
    )
    expect(() => MultiLayerNet.fromParameters({ weight: W1 })).toThrow(
      'tensors W1 and b1 are needed, not weight',
    )
    expect(() => MultiLayerNet.fromParameters({})).toThrow('tensors W1 and b1 are needed, not nothing')
  })
})

describe('Training of MultiLayerNet', () => {
  it('reduces the loss to a tenth', () => {
    const { network, x } = small('tanh')
    const before = network.loss(x, t)
    for (let i = 0; i < 200; i++) {
      network.gradient(x, t)
      for (const { value, grad } of network.parameters()) {
        value.data.forEach((w, j) => {
          value.data[j] = w - 0.5 * grad.data[j]
        })
      }
    }
    expect(network.loss(x, t)).toBeLessThan(before / 10)
    expect(network.accuracy(x, t)).toBe(1)
  })
})
