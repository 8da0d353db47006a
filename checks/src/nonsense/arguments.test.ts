import { decodeNpy, decodeNpz, encodeNpy, encodeSafetensors } from '@gosa/formats'
import { applyLayer, graphOf, inputNode, toJson, toSvg } from '@gosa/graph'
import { Affine, parameter, Relu, Sequential, Sigmoid, Tanh } from '@gosa/layers'
import { createRng, type Tensor, tensor, zeros } from '@gosa/linalg'
import {
  crossEntropyError,
  MeanSquaredErrorLoss,
  meanSquaredError,
  SoftmaxWithLoss,
  softmaxCrossEntropy,
  sumSquaredError,
} from '@gosa/losses'
import { encodeModel, MultiLayerNet, Network, TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'
import { describe, expect, it } from 'vitest'
import { type ArgumentCase, faultsOf, outcomeOf } from './nonsense.ts'

const rng = createRng(0)
const x = tensor([
  [1, 2],
  [3, 4],
])
const labels = Uint8Array.of(0, 1)
const affine = () => Affine.init(2, 3, { rng, dtype: 'float64' })
const net = new TwoLayerNet({ inputSize: 2, hiddenSize: 3, outputSize: 2 })
const sizes = { inputSize: 2, hiddenSizes: [3], outputSize: 2 }
const graph = graphOf(inputNode('x', 3))
/** A layer after its forward pass. */
function after<L extends { forward(x: Tensor): unknown }>(layer: L): L {
  layer.forward(x)
  return layer
}

const cases: readonly ArgumentCase[] = [
  ['Affine(W, ·)', (v) => new Affine(x, v)],
  ['Affine.init(·)', (v) => Affine.init(v, 3, { rng })],
  ['Affine.init(2, ·)', (v) => Affine.init(2, v, { rng })],
  ['Affine.init(2, 3, ·)', (v) => Affine.init(2, 3, v)],
  ['Affine.init init', (v) => Affine.init(2, 3, { rng, init: v }), ['nothing']],
  ['Affine.init rng', (v) => Affine.init(2, 3, { rng: v })],
  ['Affine.forward', (v) => affine().forward(v)],
  ['Affine.backward', (v) => after(affine()).backward(v)],
  ['Affine.backward options', (v) => after(affine()).backward(zeros([2, 3]), v), ['nothing']],
  ['Affine.outputShape', (v) => affine().outputShape(v)],
  ['Relu.forward', (v) => new Relu().forward(v)],
  ['Relu.backward', (v) => after(new Relu()).backward(v)],
  ['Sigmoid.forward', (v) => new Sigmoid().forward(v)],
  ['Sigmoid.backward', (v) => after(new Sigmoid()).backward(v)],
  ['Tanh.forward', (v) => new Tanh().forward(v)],
  ['Tanh.backward', (v) => after(new Tanh()).backward(v)],
  ['Sequential([·])', (v) => new Sequential([v])],
  ['Sequential.forward', (v) => new Sequential([new Relu()]).forward(v)],
  ['Sequential.backward', (v) => after(new Sequential([new Relu()])).backward(v)],
  ['parameter(·)', (v) => parameter(v, x, () => x), ['string']],
  ['parameter(name, value, ·)', (v) => parameter('W', x, v), ['function', 'class']],
  ['crossEntropyError(y, ·)', (v) => crossEntropyError(tensor([[0.5, 0.5]]), v)],
  ['softmaxCrossEntropy(x, ·)', (v) => softmaxCrossEntropy(x, v)],
  ['SoftmaxWithLoss.forward', (v) => new SoftmaxWithLoss().forward(v, labels)],
  ['SoftmaxWithLoss.forward(x, ·)', (v) => new SoftmaxWithLoss().forward(x, v)],
  [
    'SoftmaxWithLoss.backward',
    (v) => trained(new SoftmaxWithLoss(), labels).backward(v),
    ['nothing', 'number', 'NaN'],
  ],
  ['MeanSquaredErrorLoss.forward', (v) => new MeanSquaredErrorLoss().forward(v, x)],
  ['MeanSquaredErrorLoss.forward(y, ·)', (v) => new MeanSquaredErrorLoss().forward(x, v)],
  [
    'MeanSquaredErrorLoss.backward',
    (v) => trained(new MeanSquaredErrorLoss(), x).backward(v),
    ['nothing', 'number', 'NaN'],
  ],
  ['meanSquaredError(y, ·)', (v) => meanSquaredError(x, v)],
  ['sumSquaredError(y, ·)', (v) => sumSquaredError(x, v)],
  ['SGD learningRate', (v) => new SGD({ learningRate: v }), ['nothing']],
  ['SGD.step(·)', (v) => new SGD().step(v), ['empty array']],
  ['SGD.step([·])', (v) => new SGD().step([v])],
  ['SGD.load', (v) => new SGD().load(v)],
  ['TwoLayerNet hiddenSize', (v) => new TwoLayerNet({ inputSize: 2, hiddenSize: v, outputSize: 2 })],
  ['TwoLayerNet.predict', (v) => net.predict(v), [], ['Network']],
  ['TwoLayerNet.loss', (v) => net.loss(v, labels), [], ['Network']],
  ['TwoLayerNet.loss(x, ·)', (v) => net.loss(x, v), [], ['SoftmaxWithLoss']],
  ['TwoLayerNet.loss options', (v) => net.loss(x, labels, v), ['nothing'], ['Network']],
  ['TwoLayerNet.gradient', (v) => net.gradient(v, labels), [], ['Network']],
  ['TwoLayerNet.accuracy', (v) => net.accuracy(v, labels), [], ['Network']],
  ['TwoLayerNet.params.W1 =', (v) => Object.assign(net.params, { W1: v }), [], ['params.W1']],
  ['TwoLayerNet.fromParameters', (v) => TwoLayerNet.fromParameters(v)],
  ['MultiLayerNet hiddenSizes', (v) => new MultiLayerNet({ ...sizes, hiddenSizes: v }), ['empty array']],
  ['MultiLayerNet activation', (v) => new MultiLayerNet({ ...sizes, activation: v }), ['nothing']],
  ['MultiLayerNet.fromParameters', (v) => MultiLayerNet.fromParameters(v)],
  ['Network layers', (v) => new Network({ layers: v, loss: new SoftmaxWithLoss() })],
  ['Network loss', (v) => new Network({ layers: [new Relu()], loss: v })],
  ['encodeModel options', (v) => encodeModel(net, v), ['nothing']],
  ['decodeNpy options', (v) => decodeNpy(encodeNpy(x), v), ['nothing']],
  ['decodeNpz options', (v) => decodeNpz(new Uint8Array(22), v), [], ['not a .npz file']],
  ['encodeNpy shape', (v) => encodeNpy({ shape: v, data: new Float32Array(6) })],
  ['encodeSafetensors metadata', (v) => encodeSafetensors({ x }, v), ['nothing']],
  ['applyLayer(layer, ·)', (v) => applyLayer(new Relu(), v), ['empty array']],
  ['applyLayer(layer, inputs, ·)', (v) => applyLayer(new Relu(), [], v), ['nothing']],
  ['graphOf options', (v) => graphOf(inputNode('x', 3), v), ['nothing']],
  ['graphOf(network, ·)', (v) => graphOf([new Relu()], v), [], ['Relu']],
  ['toSvg options', (v) => toSvg(graph, v), ['nothing']],
  ['toJson(·)', (v) => toJson(v)],
]

/** A loss after its forward pass. */
function trained<L extends { forward(y: never, t: never): number }>(loss: L, t: unknown): L {
  loss.forward(x as never, t as never)
  return loss
}

describe('each argument of a method or a function, the others being right, refuses nonsense in words', () => {
  it.each(cases.map(([argument, ...rest]) => ({ argument, rest })))(
    '$argument',
    async ({ argument, rest }) => {
      expect(await faultsOf([argument, ...rest])).toEqual([])
    },
  )
})

describe('a judged outcome', () => {
  it('is an error from inside unless class and beginning of the message are as documented', async () => {
    const outcome = (error: unknown) =>
      outcomeOf(() => {
        throw error
      }, ['sum'])
    expect(await outcome(new RangeError('sum: no elements'))).toBe('refused')
    expect(await outcome(new TypeError("Cannot read properties of undefined (reading 'data')"))).toMatch(
      /inside: TypeError/,
    )
    expect(await outcome(new Error('sum: no class of its own'))).toMatch(/inside: Error/)
    expect(await outcome('sum')).toMatch(/inside: sum/)
    expect(await outcomeOf(() => 1, ['sum'])).toBe('accepted')
  })
})
