import { createRng, randomNormal, scale, sub, type Tensor, tensor, zeros } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { accuracy, TwoLayerNet } from './index.ts'

const NAMES = ['W1', 'b1', 'W2', 'b2'] as const

/** A network and a problem that it can learn: whether the first number of a sample is larger than the second. */
function problem(N: number): { network: TwoLayerNet; x: Tensor; t: Uint8Array } {
  const rng = createRng(1)
  const network = new TwoLayerNet({
    inputSize: 2,
    hiddenSize: 8,
    outputSize: 2,
    weightInitStd: 0.5,
    rng,
    dtype: 'float64',
  })
  const x = randomNormal([N, 2], { rng })
  return { network, x, t: new Uint8Array(N).map((_, n) => (x.at(n, 0) > x.at(n, 1) ? 1 : 0)) }
}

describe('Faults of the book’s TwoLayerNet that ours does not have:', () => {
  it('weights have one home: params.W1 = W1 − η·dW1, as in the book’s loop, trains the layers', () => {
    const { network, x, t } = problem(50)
    const before = network.loss(x, t)
    for (let i = 0; i < 200; i++) {
      const gradient = network.gradient(x, t)
      for (const name of NAMES) {
        network.params[name] = sub(network.params[name], scale(gradient[name], 0.5))
      }
    }
    expect(network.loss(x, t)).toBeLessThan(before / 5)
    expect(network.params.W1).toBe(network.layers.Affine1.W)
    // With a second dictionary beside the layers, as in the book, the layers would not see the new tensor.
    const params: Record<string, Tensor> = { W1: network.layers.Affine1.W }
    params.W1 = sub(params.W1, zeros(params.W1.shape))
    expect(params.W1).not.toBe(network.layers.Affine1.W)
  })

  it('accuracy counts every sample: a perfect model is right in 250 of 250, not in 200', () => {
    const perfect = TwoLayerNet.fromParameters({
      W1: tensor([
        [1, -1],
        [-1, 1],
      ]),
      b1: tensor([0, 0]),
      W2: tensor([
        [0, 1],
        [1, 0],
      ]),
      b2: tensor([0, 0]),
    })
    const { x, t } = problem(250)
    expect(perfect.accuracy(x, t)).toBe(1)
    expect(perfect.accuracy(x.rows(200, 250), t.subarray(200))).toBe(1)
  })

  it('accuracy takes class indices and one-hot rows alike; the book’s chapters 4 and 5 take one each', () => {
    const { network, x, t } = problem(20)
    const oneHot = zeros([20, 2])
    for (const [n, label] of t.entries()) oneHot.data[2 * n + label] = 1
    expect(network.accuracy(x, oneHot)).toBe(network.accuracy(x, t))
    expect(network.loss(x, oneHot)).toBe(network.loss(x, t))
  })

  it('accuracy takes N labels for logits (N, 1) as class indices, by type, not by size', () => {
    expect(accuracy(zeros([3, 1]), Uint8Array.of(0, 0, 0))).toBe(1)
  })

  it('predict returns logits, never probabilities', () => {
    const { network, x } = problem(20)
    const logits = network.predict(x)
    expect(logits.data.some((value) => value < 0)).toBe(true)
    expect(network.predict(x).data).not.toEqual(softmax(logits).data)
  })

  it('predict takes one sample (D), which the book’s chapter 5 cannot', () => {
    const { network, x } = problem(5)
    expect(network.predict(x.row(2)).toArray()).toEqual(network.predict(x).row(2).toArray())
  })

  it('the gradient of the last bias is that of the loss itself, without an epsilon in only one of them', () => {
    // The notebook's b2 differs by 1.4e-7 from its numerical gradient, because of the 1e-7 in the logarithm.
    const { network, x, t } = problem(3)
    const { b2 } = network.numericalGradient(x, t)
    const difference = sub(network.gradient(x, t).b2, b2)
    for (const value of difference.data) expect(Math.abs(value)).toBeLessThan(1e-9)
  })

  it('numericalGradient restores every weight to the bit, also if the loss throws halfway', () => {
    const { network, x, t } = problem(3)
    const before = NAMES.map((name) => network.params[name].data.slice())
    let calls = 0
    const { lastLayer } = network
    const { forward } = lastLayer
    lastLayer.forward = (...args) => {
      if (++calls === 8) throw new Error('out of power')
      return forward.apply(lastLayer, args)
    }
    expect(() => network.numericalGradient(x, t)).toThrow('out of power')
    expect(NAMES.map((name) => network.params[name].data)).toEqual(before)
  })
})
