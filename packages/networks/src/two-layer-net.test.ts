import { numericalGradient } from '@gosa/gradcheck'
import { Affine } from '@gosa/layers'
import {
  axpy,
  compress,
  createRng,
  map,
  matmul,
  randomNormal,
  relu,
  scale,
  sub,
  type Tensor,
  tensor,
  zeros,
} from '@gosa/linalg'
import { softmax, softmaxCrossEntropy } from '@gosa/losses'
import { describe, expect, it, vi } from 'vitest'
import { MultiLayerNet, TwoLayerNet, type TwoLayerNetTensors } from './index.ts'

const NAMES = ['W1', 'b1', 'W2', 'b2'] as const

/** A network in general position: float64, weights and biases of standard deviation 0.5. */
function small(seed = 1): { network: TwoLayerNet; x: Tensor; t: Uint8Array } {
  const rng = createRng(seed)
  const network = new TwoLayerNet({
    inputSize: 4,
    hiddenSize: 6,
    outputSize: 3,
    weightInitStd: 0.5,
    rng,
    dtype: 'float64',
  })
  network.params.b1 = randomNormal([6], { std: 0.5, rng })
  network.params.b2 = randomNormal([3], { std: 0.5, rng })
  return { network, x: randomNormal([5, 4], { rng }), t: new Uint8Array(5).map(() => rng.integer(3)) }
}

const copies = (tensors: TwoLayerNetTensors) => NAMES.map((name) => tensors[name].data.slice())

function largestRelativeError(a: TwoLayerNetTensors, b: TwoLayerNetTensors): number {
  const errors = NAMES.map((name) => Math.max(...sub(a[name], b[name]).data.map(Math.abs)))
  const sizes = NAMES.map((name) => Math.max(...b[name].data.map(Math.abs)))
  return Math.max(...errors.map((error, i) => error / sizes[i]))
}

describe('TwoLayerNet', () => {
  it('computes Affine – ReLU – Affine, as calculated by hand', () => {
    const network = TwoLayerNet.fromParameters({
      W1: tensor([
        [1, -1],
        [2, 0],
      ]),
      b1: tensor([0, 1]),
      W2: tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
      b2: tensor([0, 0, 10]),
    })
    // Hidden (7, −2) becomes (7, 0).
    expect(network.predict(tensor([[3, 2]])).toArray()).toEqual([[7, 14, 31]])
  })

  it('predicts logits; their softmax are the probabilities', () => {
    const { network, x, t } = small()
    const logits = network.predict(x)
    expect(logits.shape).toEqual([5, 3])
    expect(network.loss(x, t)).toBe(softmaxCrossEntropy(logits, t))
    expect(network.lastLayer.y.toArray()).toEqual(softmax(logits).toArray())
  })

  it('predicts many samples with the same bits as one by one, compressed and as images too', () => {
    const rng = createRng(1)
    const network = new TwoLayerNet({ inputSize: 8, hiddenSize: 60, outputSize: 3, weightInitStd: 1, rng })
    const numbers = relu(sub(randomNormal([5000, 8], { rng, dtype: 'float32' }), 1))
    const images = map(numbers, (value) => Math.ceil(4 * value) / 4)
    const logits = network.predict(images)
    expect(logits.shape).toEqual([5000, 3])
    for (const n of [0, 2184, 2185, 4369, 4370, 4999]) {
      expect(logits.row(n).data).toEqual(network.predict(images.row(n)).data)
    }
    expect(compress(images)).not.toBe(images)
    expect(network.predict(compress(images)).data).toEqual(logits.data)
    expect(network.predict(images.reshape([5000, 1, 2, 4])).data).toEqual(logits.data)
    const { W1, b1, W2, b2 } = network.params
    const deeper = MultiLayerNet.fromParameters({ W1, b1, W2, b2 })
    expect(deeper.predict(images).data).toEqual(logits.data)
    expect(() => network.predict(zeros([5000, 9], { dtype: 'float32' }))).toThrow(
      'x has shape (5000, 9), but W (8, 60) takes (N, 8)',
    )
  })

  it('takes one sample as a vector (D), and images (N, C, H, W)', () => {
    const { network, x, t } = small()
    expect(network.predict(x.row(0)).toArray()).toEqual(network.predict(x.rows(0, 1)).row(0).toArray())
    expect(network.loss(x.row(0), t.subarray(0, 1))).toBe(network.loss(x.rows(0, 1), t.subarray(0, 1)))
    const one = copies(network.gradient(x.row(0), t.subarray(0, 1)))
    expect(copies(network.gradient(x.rows(0, 1), t.subarray(0, 1)))).toEqual(one)
    expect(network.predict(x.reshape([5, 1, 2, 2])).toArray()).toEqual(network.predict(x).toArray())
  })

  it('has the layers of the book by their names, and their weights as parameters', () => {
    const { network } = small()
    expect(Object.keys(network.layers)).toEqual(['Affine1', 'Relu1', 'Affine2'])
    expect(network.parameters().map(({ name }) => name)).toEqual([...NAMES])
    for (const { name, value } of network.parameters()) {
      expect(value).toBe(network.params[name as 'W1'])
    }
    expect(network.params.W1).toBe(network.layers.Affine1.W)
  })

  it('throws for sizes below 1, and for x that does not fit', () => {
    expect(() => new TwoLayerNet({ inputSize: 0, hiddenSize: 6, outputSize: 3 })).toThrow(
      'TwoLayerNet: inputSize must be an integer of at least 1, not 0',
    )
    expect(() => new TwoLayerNet({ inputSize: 2, hidden: 6, outputSize: 3 } as never)).toThrow(
      'TwoLayerNet: there is no option hidden; did you mean hiddenSize?',
    )
    expect(() => new TwoLayerNet({ inputSize: 2, hiddenSize: 6, outputSize: 1 })).toThrow(
      'TwoLayerNet: one output is one class',
    )
    const { network } = small()
    expect(() => network.predict(zeros([5, 3]))).toThrow(
      /x has shape \(5, 3\), but W \(4, 6\) takes \(N, 4\)/,
    )
  })
})

describe('The weights of a new TwoLayerNet', () => {
  const options = { inputSize: 3, hiddenSize: 4, outputSize: 2 }

  it('are equal for equal seeds, to the bit, and differ for others', () => {
    const make = (seed: number) => copies(new TwoLayerNet({ ...options, rng: createRng(seed) }).params)
    expect(make(5)).toEqual(make(5))
    expect(make(5)[0]).not.toEqual(make(6)[0])
    expect(copies(new TwoLayerNet(options).params)).toEqual(make(0))
  })

  it('are normally distributed with standard deviation 0.01, W1 drawn before W2, in float32; biases are 0', () => {
    const { params } = new TwoLayerNet({ ...options, rng: createRng(5) })
    const rng = createRng(5)
    const draw = (...shape: number[]) => randomNormal(shape, { std: 0.01, rng, dtype: 'float32' }).toArray()
    expect(params.W1.toArray()).toEqual(draw(3, 4))
    expect(params.W2.toArray()).toEqual(draw(4, 2))
    expect([params.b1.toArray(), params.b2.toArray()]).toEqual([
      [0, 0, 0, 0],
      [0, 0],
    ])
    expect(params.W1.dtype).toBe('float32')
  })

  it('have the standard deviation and dtype of the options', () => {
    const { params } = new TwoLayerNet({ ...options, rng: createRng(5), weightInitStd: 2, dtype: 'float64' })
    expect(params.W1.toArray()).toEqual(randomNormal([3, 4], { std: 2, rng: createRng(5) }).toArray())
  })
})

describe('TwoLayerNet.params', () => {
  it('has the layers’ own tensors; assigning one copies its elements into the layer', () => {
    const { network, x } = small()
    const own = network.params.W1
    const given = scale(own, 2)
    network.params.W1 = given
    expect(network.params.W1).toBe(own)
    expect(network.layers.Affine1.W).toBe(own)
    expect(own.data).toEqual(given.data)
    given.data.fill(0)
    expect(own.data).not.toEqual(given.data)
    expect(network.predict(x).at(0, 0)).not.toBeNaN()
  })

  it('throws for another shape or dtype, and for unknown names', () => {
    const { network } = small()
    expect(() => {
      network.params.W1 = zeros([6, 4])
    }).toThrow('params.W1 is (4, 6) float64; a tensor of (6, 4) float64 does not fit')
    expect(() => {
      network.params.b2 = zeros([3], { dtype: 'float32' })
    }).toThrow('params.b2 is (3) float64; a tensor of (3) float32 does not fit')
    expect(() => Object.assign(network.params, { W3: zeros([1]) })).toThrow(TypeError)
  })
})

describe('TwoLayerNet.accuracy', () => {
  /** Logits are the inputs themselves. */
  const identity = () =>
    TwoLayerNet.fromParameters({
      W1: tensor([
        [1, 0],
        [0, 1],
      ]),
      b1: tensor([0, 0]),
      W2: tensor([
        [1, 0],
        [0, 1],
      ]),
      b2: tensor([0, 0]),
    })
  const x = tensor([
    [1, 0],
    [0, 1],
    [3, 2],
    [2, 3],
  ])

  it('is the share of samples whose largest logit is at the right class', () => {
    expect(identity().accuracy(x, Uint8Array.of(0, 1, 0, 1))).toBe(1)
    expect(identity().accuracy(x, Uint8Array.of(0, 1, 1, 1))).toBe(0.75)
    expect(identity().accuracy(x.row(0), Uint8Array.of(0))).toBe(1)
  })

  it('takes one-hot and soft labels; their largest probability is the right class', () => {
    const t = tensor([
      [1, 0],
      [0.4, 0.6],
      [0.3, 0.7],
      [0, 1],
    ])
    expect(identity().accuracy(x, t)).toBe(0.75)
  })

  it('of several batches is the mean weighted by their sizes', () => {
    const t = Uint8Array.of(0, 1, 1, 0)
    const [first, last] = [
      identity().accuracy(x.rows(0, 3), t.subarray(0, 3)),
      identity().accuracy(x.rows(3, 4), t.subarray(3)),
    ]
    expect(identity().accuracy(x, t)).toBeCloseTo((3 * first + last) / 4, 15)
  })

  it('counts a sample with NaN as wrong, not as the first class', () => {
    expect(identity().accuracy(tensor([[Number.NaN, 0]]), Uint8Array.of(0))).toBe(0)
  })

  it('throws for labels that do not fit, as the loss does', () => {
    expect(() => identity().accuracy(x, Uint8Array.of(0))).toThrow('accuracy: 1 labels do not fit 4 samples')
    expect(() => identity().accuracy(x, Uint8Array.of(0, 1, 2, 0))).toThrow(
      /label 2 of sample 2 is not one of the 2 classes/,
    )
    expect(() => identity().accuracy(x, tensor([0, 1, 0, 1]))).toThrow(/\(4\) do not fit .* \(4, 2\)/)
    expect(() => identity().accuracy(zeros([0, 2]), new Uint8Array(0))).toThrow(/\(0, 2\)/)
  })
})

describe('TwoLayerNet.gradient', () => {
  it('equals the formulas that the chapter derives', () => {
    const { network, x, t } = small()
    const { W1, b1, W2, b2 } = network.params
    const hidden = relu(sub(matmul(x, W1), scale(b1, -1)))
    const dLogits = softmax(sub(matmul(hidden, W2), scale(b2, -1)))
    for (let n = 0; n < 5; n++) {
      dLogits.data[3 * n + t[n]] -= 1
      for (let c = 0; c < 3; c++) dLogits.data[3 * n + c] /= 5
    }
    const dHidden = matmul(dLogits, W2, { transposeB: true })
    hidden.data.forEach((value, i) => {
      if (value === 0) dHidden.data[i] = 0
    })
    const columnSums = (y: Tensor) =>
      tensor(y.row(0).data.map((_, c) => [...Array(5).keys()].reduce((sum, n) => sum + y.at(n, c), 0)))
    const expected = {
      W1: matmul(x, dHidden, { transposeA: true }),
      b1: columnSums(dHidden),
      W2: matmul(hidden, dLogits, { transposeA: true }),
      b2: columnSums(dLogits),
    }
    expect(largestRelativeError(network.gradient(x, t), expected)).toBeLessThan(1e-14)
  })

  it('agrees with numericalGradient, for class indices and for soft labels', () => {
    const { network, x, t } = small()
    const soft = softmax(randomNormal([5, 3], { rng: createRng(9) }))
    for (const labels of [t, soft]) {
      const numerical = network.numericalGradient(x, labels)
      expect(largestRelativeError(network.gradient(x, labels), numerical)).toBeLessThan(1e-8)
    }
  })

  it('does not agree if a sign is wrong, so that the test above can fail', () => {
    const { network, x, t } = small()
    const { Affine2 } = network.layers
    const faulty = new (class extends Affine {
      override get dW(): Tensor {
        const dW = super.dW.clone()
        dW.data[3] *= -1
        return dW
      }
    })(Affine2.W, Affine2.b)
    Object.assign(network.layers, { Affine2: faulty })
    expect(largestRelativeError(network.gradient(x, t), network.numericalGradient(x, t))).toBeGreaterThan(
      0.01,
    )
  })

  it('returns the gradients that parameters() shows, and overwrites them in the next call', () => {
    const { network, x, t } = small()
    expect(() => network.parameters()[0].grad).toThrow('Affine: dW read before backward')
    const first = network.gradient(x, t)
    for (const { name, grad } of network.parameters()) expect(grad).toBe(first[name as 'W1'])
    const kept = copies(first)
    const second = network.gradient(scale(x, 2), t)
    expect(second.W1).toBe(first.W1)
    expect(copies(first)).not.toEqual(kept)
  })

  it('does not compute dx of the first layer', () => {
    const { network, x, t } = small()
    const backward = vi.spyOn(network.layers.Affine1, 'backward')
    network.gradient(x, t)
    expect(backward).toHaveReturnedWith(undefined)
  })

  it('is equal for equal batches, whatever is computed in between, batches of other sizes too', () => {
    const { network, x, t } = small()
    const before = copies(network.gradient(x, t))
    network.gradient(x.rows(0, 2), t.subarray(0, 2))
    network.accuracy(x, t)
    network.loss(x.row(0), t.subarray(0, 1))
    network.predict(x.rows(0, 3))
    expect(copies(network.gradient(x, t))).toEqual(before)
  })

  it('does not change weights, inputs and labels; nor does numericalGradient', () => {
    const { network, x, t } = small()
    const before = [...copies(network.params), x.data.slice(), t.slice()]
    const { data } = network.params.W1
    network.gradient(x, t)
    network.numericalGradient(x, t)
    network.accuracy(x, t)
    expect(network.params.W1.data).toBe(data)
    expect([...copies(network.params), x.data, t]).toEqual(before)
  })

  it('throws for labels out of range or of another kind', () => {
    const { network, x } = small()
    expect(() => network.gradient(x, Uint8Array.of(0, 1, 2, 3, 0))).toThrow(/label 3 of sample 3/)
    expect(() => network.gradient(x, Int32Array.of(0, 1, 2, -1, 0))).toThrow(/label -1 of sample 3/)
    expect(() => network.loss(x, [0, 1, 2, 1, 0] as never)).toThrow(TypeError)
    expect(() => network.loss(x, tensor([0, 1, 2, 1.5, 0]))).toThrow(/\(5\) do not fit .* \(5, 3\)/)
  })
})

describe('TwoLayerNet.numericalGradient', () => {
  it('agrees with the five-point method to 1e-8', () => {
    const { network, x, t } = small()
    const five = NAMES.map((name) => [
      name,
      numericalGradient(() => network.loss(x, t), network.params[name], { method: 'five-point' }),
    ])
    const expected: TwoLayerNetTensors = Object.fromEntries(five)
    expect(largestRelativeError(network.numericalGradient(x, t), expected)).toBeLessThan(1e-8)
  })
})

describe('NaN and infinite inputs of TwoLayerNet', () => {
  it.each([Number.NaN, Infinity])('of %s show as NaN in the loss and in every gradient', (value) => {
    const { network, x, t } = small()
    x.data[0] = value
    expect(network.loss(x, t)).toBeNaN()
    const gradient = network.gradient(x, t)
    for (const name of NAMES) expect(gradient[name].data.some(Number.isNaN)).toBe(true)
  })

  it('of −∞ that ReLU sets to 0 show in the gradient only', () => {
    const network = TwoLayerNet.fromParameters({
      W1: tensor([[1]]),
      b1: tensor([0]),
      W2: tensor([[1, 2]]),
      b2: tensor([0, 0]),
    })
    const x = tensor([[-Infinity]])
    expect(network.loss(x, Uint8Array.of(0))).toBeCloseTo(Math.log(2), 15)
    expect(network.gradient(x, Uint8Array.of(0)).W1.at(0, 0)).toBeNaN()
  })

  it('show in the loss, as does a weight that is NaN', () => {
    const { network, x, t } = small()
    network.params.b2.data[1] = Number.NaN
    expect(network.loss(x, t)).toBeNaN()
  })
})

describe('Copies of TwoLayerNet', () => {
  it('astype returns a new network with copies of the weights in another dtype', () => {
    const network = new TwoLayerNet({ inputSize: 3, hiddenSize: 4, outputSize: 2, rng: createRng(1) })
    const double = network.astype('float64')
    expect(double.params.W1.dtype).toBe('float64')
    expect(double.params.W1.toArray()).toEqual(network.params.W1.toArray())
    double.params.W1.data.fill(7)
    expect(network.params.W1.at(0, 0)).not.toBe(7)
    expect(double.astype('float32').params.W1.dtype).toBe('float32')
  })

  it('fromParameters copies the weights and predicts the same', () => {
    const { network, x } = small()
    const copy = TwoLayerNet.fromParameters(network.params)
    expect(copy.predict(x).toArray()).toEqual(network.predict(x).toArray())
    copy.params.W2.data.fill(0)
    expect(copy.predict(x).toArray()).not.toEqual(network.predict(x).toArray())
  })

  it('fromParameters throws for shapes that do not fit, missing weights and mixed dtypes', () => {
    const { W1, b1, W2, b2 } = small().network.params
    expect(() => TwoLayerNet.fromParameters({ W1, b1, W2: zeros([5, 3]), b2 })).toThrow(
      'TwoLayerNet: W1 (4, 6), b1 (6), W2 (5, 3), b2 (3) do not fit: (D, H), (H), (H, C) and (C) are needed',
    )
    const others = [
      { W1: zeros([4]) },
      { W1: zeros([4, 7]) },
      { W2: zeros([6, 3, 1]) },
      { W2: zeros([6, 4]) },
      { b1: b1.reshape([1, 6]) },
      { b2: b2.reshape([1, 3]) },
    ]
    for (const other of others) {
      expect(() => TwoLayerNet.fromParameters({ W1, b1, W2, b2, ...other })).toThrow(
        /^TwoLayerNet: .* are needed$/,
      )
    }
    expect(() => TwoLayerNet.fromParameters({ W1, W2 } as never)).toThrow(
      'TwoLayerNet: tensors W1, b1, W2 and b2 are needed, not W1, W2',
    )
    expect(() => TwoLayerNet.fromParameters({ W1, b1, W2, b2: b2.astype('float32') })).toThrow(
      'TwoLayerNet: W1 float64, b1 float64, W2 float64, b2 float32 do not mix: convert them with astype',
    )
  })
})

describe('Training of TwoLayerNet', () => {
  /** Three arms of a spiral, which no straight line separates, `perClass` points each. */
  function spiral(perClass: number, seed: number): { x: Tensor; t: Uint8Array } {
    const rng = createRng(seed)
    const t = new Uint8Array(3 * perClass).map((_, i) => Math.floor(i / perClass))
    const points = [...t].map((arm, i) => {
      const radius = (i % perClass) / perClass
      const angle = 4 * arm + 4 * radius + 0.1 * rng.normal()
      return [radius * Math.sin(angle), radius * Math.cos(angle)]
    })
    return { x: tensor(points, { dtype: 'float32' }), t }
  }

  function train(seed: number, steps: number): TwoLayerNet {
    const { x, t } = spiral(60, 1)
    const network = new TwoLayerNet({
      inputSize: 2,
      hiddenSize: 40,
      outputSize: 3,
      weightInitStd: 0.5,
      rng: createRng(seed),
    })
    for (let i = 0; i < steps; i++) {
      network.gradient(x, t)
      for (const { value, grad } of network.parameters()) axpy(-0.5, grad, value)
    }
    return network
  }

  it('separates the arms of a spiral, also for unseen points, with each of three seeds', () => {
    const [seen, unseen] = [spiral(60, 1), spiral(60, 2)]
    for (const seed of [0, 1, 2]) {
      const network = train(seed, 1500)
      expect(network.accuracy(seen.x, seen.t)).toBeGreaterThan(0.97)
      expect(network.accuracy(unseen.x, unseen.t)).toBeGreaterThan(0.95)
      expect(network.loss(seen.x, seen.t)).toBeLessThan(0.15)
    }
  })

  it('gives equal weights for equal seeds, to the bit', () => {
    expect(copies(train(3, 50).params)).toEqual(copies(train(3, 50).params))
    expect(copies(train(3, 50).params)).not.toEqual(copies(train(4, 50).params))
  })
})
