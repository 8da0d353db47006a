import { type CheckOptions, checkNetwork, type NetworkLike, type Report } from '@gosa/gradcheck'
import { compress, createRng, Tensor } from '@gosa/linalg'
import { assumeFinite } from '@gosa/linalg/kernels'
import { TwoLayerNet } from '@gosa/networks'
import { type BookData, HIDDEN_SIZE, networkName, WEIGHT_STD, type WeightSlice } from './book-data.ts'

/*
 * The gradient check of chapter 5: TwoLayerNet at random weights, on the first images of a data set.
 * Runs in workers.
 *
 * Source: Deep Learning from Scratch, section 5.7.3.
 */

/** The number of entries per weight in the check of everything but the single entries. */
const SAMPLED_ENTRIES = 20

/**
 * Checks one slice of a weight of the book's network; without a slice the network as a whole, every property included,
 * at the entries that `mode` says. Second derivatives are left to the suite: these inputs are too close to the kinks of
 * ReLU.
 */
export function checkBookNetwork(
  slice: WeightSlice | undefined,
  book: BookData,
  seed: number,
  options: CheckOptions,
): Report {
  const { network, x, t } = cachedCase(book, seed)
  const check = (subject: NetworkLike, more: CheckOptions): Report =>
    checkNetwork(subject, x, t, {
      method: 'central',
      secondOrder: false,
      ...options,
      ...more,
      name: networkName(book),
    })
  if (slice) {
    // Small weights stay finite. The check cannot know that of everything else that the loss depends on.
    return assumeFinite(network.params.W1, () => check(networkSlice(network, slice), { properties: false }))
  }
  const isReduced = options.mode !== undefined && options.mode !== 'full'
  return check(network, isReduced ? {} : { mode: 'sampled', samples: SAMPLED_ENTRIES })
}

/** The network with the same loss and the slice as its only weight. */
export function networkSlice(network: TwoLayerNet, { name, from, to }: WeightSlice): NetworkLike {
  return {
    parameters: () => [{ name, value: network.params[name].rows(from, to) }],
    loss: (x: Tensor, t: Uint8Array) => network.loss(x, t),
    gradient: (x: Tensor, t: Uint8Array) => ({ [name]: network.gradient(x, t)[name].rows(from, to) }),
  }
}

let cached: ({ readonly book: BookData; readonly seed: number } & ReturnType<typeof bookCase>) | undefined

/** The same case for all slices: a check leaves a network unchanged. */
function cachedCase(book: BookData, seed: number): ReturnType<typeof bookCase> {
  if (cached?.book !== book || cached.seed !== seed) cached = { book, seed, ...bookCase(book, seed) }
  return cached
}

function bookCase({ images, labels, inputSize, classes }: BookData, seed: number) {
  const network = new TwoLayerNet({
    inputSize,
    hiddenSize: HIDDEN_SIZE,
    outputSize: classes,
    weightInitStd: WEIGHT_STD,
    rng: createRng(seed),
    dtype: 'float64',
  })
  // Images are mostly zeros, which a compressed matrix leaves out.
  const x = compress(new Tensor(images, [labels.length, inputSize]))
  return { network, x, t: labels }
}
