import { batches, syntheticDigits } from '@gosa/datasets'
import { apply, constant, type Expression, type Graph, graphOf, input } from '@gosa/graph'
import { createRng, type Tensor, takeRows } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'

/** Which digit goes into the network, and whether that has learnt. */
export interface NetworkSettings {
  readonly digit: number
  /** Which of the generated images of that digit. */
  readonly sample: number
  readonly trained: boolean
}

const HIDDEN = 50
const SEED = 1
const TRAIN = { count: 2000, epochs: 5, batch: 20, learningRate: 0.2 }
/** How many images there are to look at: the first of those to train with, which come out the same. */
const SHOWN = 300

let shown: ReturnType<typeof syntheticDigits> | undefined

/** Affine – ReLU – Affine – SoftmaxWithLoss on one generated digit: TwoLayerNet of section 5.7, run through its layers. */
export function networkGraph({ digit, sample, trained }: NetworkSettings): Graph {
  const net = trained ? learnt() : fresh()
  const { x, t } = imageOf(digit, sample)
  const { Affine1, Relu1, Affine2 } = net.layers
  // Written out, since a bundler shortens the names of classes.
  const logits = Object.entries({ Affine1, Relu1, Affine2 }).reduce<Expression>(
    (before, [name, layer]) => apply(layer, [before], { name, label: name }),
    input('x', x),
  )
  const loss = apply(net.lastLayer, [logits, constant('t', t)], {
    name: 'SoftmaxWithLoss',
    label: 'SoftmaxWithLoss',
  })
  return graphOf(loss, { result: 'L' })
}

const fresh = (): TwoLayerNet =>
  new TwoLayerNet({
    inputSize: 784,
    hiddenSize: HIDDEN,
    outputSize: 10,
    weightInitStd: 0.1,
    rng: createRng(SEED),
  })

let kept: TwoLayerNet | undefined

/** The same network after a few epochs over generated digits, the same each time. */
function learnt(): TwoLayerNet {
  if (kept) return kept
  const { images, labels } = syntheticDigits({ count: TRAIN.count, seed: SEED })
  const net = fresh()
  const rng = createRng(SEED)
  const optimizer = new SGD({ learningRate: TRAIN.learningRate })
  for (let epoch = 0; epoch < TRAIN.epochs; epoch++) {
    for (const batch of batches(TRAIN.count, TRAIN.batch, rng)) {
      net.gradient(
        takeRows(images, batch),
        Uint8Array.from(batch, (i) => labels[i]),
      )
      optimizer.step(net.parameters())
    }
  }
  kept = net
  return net
}

/** One image (1, 784) of a digit with its label; the samples begin anew behind the last. */
function imageOf(digit: number, sample: number): { x: Tensor; t: Uint8Array } {
  shown ??= syntheticDigits({ count: SHOWN, seed: SEED })
  const { images, labels } = shown
  const places = [...labels.keys()].filter((i) => labels[i] === digit)
  const place = places[sample % places.length]
  return { x: images.rows(place, place + 1), t: Uint8Array.of(digit) }
}
