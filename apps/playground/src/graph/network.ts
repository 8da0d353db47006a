/** The network of the page Graph: TwoLayerNet on one generated digit, with random or pretrained weights. */
import { type Samples, syntheticDigits } from '@gosa/datasets'
import { applyLayer, constantNode, type Expression, type Graph, graphOf, inputNode } from '@gosa/graph'
import { Tensor } from '@gosa/linalg'
import { TwoLayerNet, type TwoLayerNetTensors } from '@gosa/networks'
import { createExampleNetwork, EXAMPLE_SEED, type WeightMessage } from '../train/example-network.ts'

/** The input of the network, and its weights. */
export interface NetworkSettings {
  readonly digit: number
  /** The index among the generated images of that digit. */
  readonly sample: number
  readonly trained: boolean
}

/** The number of images to choose from: the first of those that the network is trained on. */
const IMAGE_COUNT = 300

let images: Samples<Uint8Array> | undefined

/**
 * The graph of TwoLayerNet of section 5.7, Affine – ReLU – Affine – SoftmaxWithLoss, on one generated digit; with random
 * weights until the pretrained ones are there.
 */
export function networkGraph({ digit, sample, trained }: NetworkSettings, pretrained?: WeightMessage): Graph {
  const net = trained && pretrained ? networkOf(pretrained) : createExampleNetwork()
  const { x, t } = sampleOf(digit, sample)
  const { Affine1, Relu1, Affine2 } = net.layers
  // The names are explicit because bundlers shorten the names of classes.
  const logits = Object.entries({ Affine1, Relu1, Affine2 }).reduce<Expression>(
    (before, [name, layer]) => applyLayer(layer, [before], { name, label: name }),
    inputNode('x', x),
  )
  const loss = applyLayer(net.lastLayer, [logits, constantNode('t', t)], {
    name: 'SoftmaxWithLoss',
    label: 'SoftmaxWithLoss',
  })
  return graphOf(loss, { result: 'L' })
}

/** One image (1, 784) of a digit with its label; `sample` wraps around at the number of images of the digit. */
function sampleOf(digit: number, sample: number): Samples<Uint8Array> {
  images ??= syntheticDigits({ count: IMAGE_COUNT, seed: EXAMPLE_SEED })
  const { x, t } = images
  const indices = [...t.keys()].filter((i) => t[i] === digit)
  const index = indices[sample % indices.length]
  return { x: x.rows(index, index + 1), t: Uint8Array.of(digit) }
}

const networkOf = (weights: WeightMessage): TwoLayerNet =>
  TwoLayerNet.fromParameters(
    Object.fromEntries(
      weights.map(([name, data, shape]) => [name, new Tensor(data, shape)]),
    ) as TwoLayerNetTensors,
  )
