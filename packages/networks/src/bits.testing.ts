import { axpy, compress, createRng, type Rng, takeRows, zeros } from '@gosa/linalg'
import { MultiLayerNet, TwoLayerNet } from './index.ts'

const DEEP = { inputSize: 784, hiddenSizes: [64, 32], outputSize: 10 }

/** Networks to be trained: the book's, and deeper ones with functions that engines compute each in a way of their own. */
const NETWORKS = {
  TwoLayerNet: (rng: Rng) => new TwoLayerNet({ inputSize: 784, hiddenSize: 128, outputSize: 10, rng }),
  'MultiLayerNet, sigmoid': (rng: Rng) => new MultiLayerNet({ ...DEEP, activation: 'sigmoid', rng }),
  'MultiLayerNet, tanh': (rng: Rng) => new MultiLayerNet({ ...DEEP, activation: 'tanh', rng }),
}

export type Trained = keyof typeof NETWORKS

/**
 * Trains on generated images, a quarter of whose pixels are not 0: 500 steps, each large enough for several threads to
 * share. Answers the SHA-256 of the weights, in the order W1 b1 W2 b2.
 */
export async function weightsAfterTraining(name: Trained): Promise<string> {
  const rng = createRng(1)
  const images = zeros([1000, 784], { dtype: 'float32' })
  images.data.forEach((_, i, pixels) => {
    if (rng.uniform() < 0.25) pixels[i] = rng.uniform()
  })
  // Compressed and not, in turn, since products of each are computed in ways of their own.
  const kept = [compress(images), images]
  const labels = Uint8Array.from({ length: 1000 }, () => rng.integer(10))
  const network = NETWORKS[name](rng)
  const parameters = network.parameters()
  for (let step = 0; step < 500; step++) {
    const drawn = Int32Array.from({ length: 100 }, () => rng.integer(1000))
    const t = Uint8Array.from(drawn, (i) => labels[i])
    network.gradient(takeRows(kept[step % 2], drawn), t)
    for (const { value, grad } of parameters) axpy(-0.1, grad, value)
    // So that a page gets to start threads.
    if (step % 50 === 0) await new Promise((resolve) => setTimeout(resolve))
  }
  return sha256(parameters.map(({ value }) => new Uint8Array(value.data.slice().buffer)))
}

async function sha256(parts: Uint8Array<ArrayBuffer>[]): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', await new Blob(parts).arrayBuffer())
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
