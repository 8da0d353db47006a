/** The network of the page Graph: TwoLayerNet on one generated digit, with random or pretrained weights. */
import { batches, type Samples, syntheticDigits } from '@gosa/datasets'
import { applyLayer, constantNode, type Expression, type Graph, graphOf, inputNode } from '@gosa/graph'
import { createRng, takeRows } from '@gosa/linalg'
import { TwoLayerNet, type TwoLayerNetTensors } from '@gosa/networks'
import { SGD } from '@gosa/optim'

/** The input of the network, and its weights. */
export interface NetworkSettings {
  readonly digit: number
  /** The index among the generated images of that digit. */
  readonly sample: number
  readonly trained: boolean
}

const HIDDEN_SIZE = 50
const SEED = 1
/** The number of images to choose from: the first of those that the network is trained on. */
const IMAGE_COUNT = 300

let images: Samples<Uint8Array> | undefined

/**
 * The graph of TwoLayerNet of section 5.7, Affine – ReLU – Affine – SoftmaxWithLoss, on one generated digit; with random
 * weights until the pretrained ones are there.
 */
export function networkGraph(
  { digit, sample, trained }: NetworkSettings,
  pretrained?: TwoLayerNetTensors,
): Graph {
  const net = trained && pretrained ? TwoLayerNet.fromParameters(pretrained) : createNetwork()
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

const createNetwork = (): TwoLayerNet =>
  new TwoLayerNet({
    inputSize: 784,
    hiddenSize: HIDDEN_SIZE,
    outputSize: 10,
    weightInitStd: 0.1,
    rng: createRng(SEED),
  })

/** One image (1, 784) of a digit with its label; `sample` wraps around at the number of images of the digit. */
function sampleOf(digit: number, sample: number): Samples<Uint8Array> {
  images ??= syntheticDigits({ count: IMAGE_COUNT, seed: SEED })
  const { x, t } = images
  const indices = [...t.keys()].filter((i) => t[i] === digit)
  const index = indices[sample % indices.length]
  return { x: x.rows(index, index + 1), t: Uint8Array.of(digit) }
}

const PRETRAINING = { count: 2000, epochs: 5, batchSize: 20, learningRate: 0.2 }

/** Trains the network for a few epochs on generated digits; the result is the same each time. */
export function pretrain(): TwoLayerNet {
  const { x, t } = syntheticDigits({ count: PRETRAINING.count, seed: SEED, compressed: true })
  const net = createNetwork()
  const rng = createRng(SEED)
  const optimizer = new SGD({ learningRate: PRETRAINING.learningRate })
  for (let epoch = 0; epoch < PRETRAINING.epochs; epoch++) {
    for (const batch of batches(PRETRAINING.count, PRETRAINING.batchSize, rng)) {
      net.gradient(
        takeRows(x, batch),
        Uint8Array.from(batch, (i) => t[i]),
      )
      optimizer.step(net.parameters())
    }
  }
  return net
}
