import { syntheticDigits } from '@gosa/datasets'
import { applyLayer, constantNode, type Expression, type Graph, graphOf, inputNode } from '@gosa/graph'
import { createRng, type Tensor } from '@gosa/linalg'
import { TwoLayerNet, type TwoLayerNetTensors } from '@gosa/networks'

/** Which digit goes into the network, and whether that has learnt. */
export interface NetworkSettings {
  readonly digit: number
  /** Which of the generated images of that digit. */
  readonly sample: number
  readonly trained: boolean
}

const HIDDEN = 50
export const SEED = 1
/** How many images there are to look at: the first of those to train with, which come out the same. */
const SHOWN = 300

let shown: ReturnType<typeof syntheticDigits> | undefined

/**
 * Affine – ReLU – Affine – SoftmaxWithLoss on one generated digit: TwoLayerNet of section 5.7, run through its layers; at random
 * weights as long as there are no others.
 */
export function networkGraph(
  { digit, sample, trained }: NetworkSettings,
  learnt?: TwoLayerNetTensors,
): Graph {
  const net = trained && learnt ? TwoLayerNet.fromParameters(learnt) : fresh()
  const { x, t } = imageOf(digit, sample)
  const { Affine1, Relu1, Affine2 } = net.layers
  // Written out, since a bundler shortens the names of classes.
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

export const fresh = (): TwoLayerNet =>
  new TwoLayerNet({
    inputSize: 784,
    hiddenSize: HIDDEN,
    outputSize: 10,
    weightInitStd: 0.1,
    rng: createRng(SEED),
  })

/** One image (1, 784) of a digit with its label; the samples begin anew behind the last. */
function imageOf(digit: number, sample: number): { x: Tensor; t: Uint8Array } {
  shown ??= syntheticDigits({ count: SHOWN, seed: SEED })
  const { images, labels } = shown
  const places = [...labels.keys()].filter((i) => labels[i] === digit)
  const place = places[sample % places.length]
  return { x: images.rows(place, place + 1), t: Uint8Array.of(digit) }
}
