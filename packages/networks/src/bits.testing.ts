import { axpy, compress, createRng, type Rng, takeRows, zeros } from '@gosa/linalg'
import { MultiLayerNet, TwoLayerNet } from './index.ts'

const DEEP = { inputSize: 784, hiddenSizes: [64, 32], outputSize: 10 }

/** The trained networks: the book's, and deeper ones with functions that JavaScript engines compute differently. */
const NETWORKS = {
  TwoLayerNet: (rng: Rng) => new TwoLayerNet({ inputSize: 784, hiddenSize: 128, outputSize: 10, rng }),
  'MultiLayerNet, sigmoid': (rng: Rng) => new MultiLayerNet({ ...DEEP, activation: 'sigmoid', rng }),
  'MultiLayerNet, tanh': (rng: Rng) => new MultiLayerNet({ ...DEEP, activation: 'tanh', rng }),
}

export type Trained = keyof typeof NETWORKS

/**
 * Trains for 500 steps on generated images with a quarter of nonzero pixels; each step is large enough for several threads.
 * Returns the SHA-256 of the weights, in the order W1 b1 W2 b2.
 */
export async function weightsAfterTraining(name: Trained): Promise<string> {
  const rng = createRng(1)
  const images = zeros([1000, 784], { dtype: 'float32' })
  images.data.forEach((_, i, pixels) => {
    if (rng.uniform() < 0.25) pixels[i] = rng.uniform()
  })
  // Alternately compressed and dense, since their products are computed by different kernels.
  const inputs = [compress(images), images]
  const labels = Uint8Array.from({ length: 1000 }, () => rng.integer(10))
  const network = NETWORKS[name](rng)
  const parameters = network.parameters()
  for (let step = 0; step < 500; step++) {
    const drawn = Int32Array.from({ length: 100 }, () => rng.integer(1000))
    const t = Uint8Array.from(drawn, (i) => labels[i])
    network.gradient(takeRows(inputs[step % 2], drawn), t)
    for (const { value, grad } of parameters) axpy(-0.1, grad, value)
    // Lets a page start its threads.
    if (step % 50 === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  return sha256(parameters.map(({ value }) => new Uint8Array(value.data.slice().buffer)))
}

async function sha256(parts: Uint8Array<ArrayBuffer>[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
