/** The network of the page Graph: TwoLayerNet of section 5.7 with fixed random weights, or pretrained on generated digits. */
import { batches, syntheticDigits } from '@gosa/datasets'
import { createRng, type FloatArray, type Shape, takeRows } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { SGD } from '@gosa/optim'

/** The seed of the weights, of the images and of the batches. */
export const EXAMPLE_SEED = 1

const PRETRAINING = { count: 2000, epochs: 5, batchSize: 20, learningRate: 0.2 }

/** Weights as a message between threads can carry them: the name, the data and the shape of each. */
export type WeightMessage = readonly (readonly [name: string, data: FloatArray, shape: Shape])[]

export const createExampleNetwork = (): TwoLayerNet =>
  new TwoLayerNet({
    inputSize: 784,
    hiddenSize: 50,
    outputSize: 10,
    weightInitStd: 0.1,
    rng: createRng(EXAMPLE_SEED),
  })

/** The weights after a few epochs on generated digits; the same each time. */
export function pretrainExampleNetwork(): WeightMessage {
  const { x, t } = syntheticDigits({ count: PRETRAINING.count, seed: EXAMPLE_SEED, compressed: true })
  const network = createExampleNetwork()
  const rng = createRng(EXAMPLE_SEED)
  const optimizer = new SGD({ learningRate: PRETRAINING.learningRate })
  for (let epoch = 0; epoch < PRETRAINING.epochs; epoch++) {
    for (const batch of batches(PRETRAINING.count, PRETRAINING.batchSize, rng)) {
      network.gradient(
        takeRows(x, batch),
        Uint8Array.from(batch, (i) => t[i]),
      )
      optimizer.step(network.parameters())
    }
  }
  return Object.entries(network.params).map(([name, { data, shape }]) => [name, data.slice(), shape])
}
