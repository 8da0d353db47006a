import { batches, syntheticDigits } from '@gosa/datasets'
import { createRng, takeRows } from '@gosa/linalg'
import type { TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'
import { fresh, SEED } from './network.ts'

const TRAIN = { count: 2000, epochs: 5, batch: 20, learningRate: 0.2 }

/** The network that is shown, after a few epochs over generated digits, the same each time. */
export function learn(): TwoLayerNet {
  const { images, labels } = syntheticDigits({ count: TRAIN.count, seed: SEED, compressed: true })
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
  return net
}
