/** Mini-batch sampling: with replacement as in the book, or each sample once per shuffled epoch; both resume exactly. */
import { createRng, type Rng, type RngState } from '@gosa/linalg'

/** The names of the samplings. */
export const SAMPLINGS = ['replacement', 'epochs'] as const

export type Sampling = (typeof SAMPLINGS)[number]

/** The number of steps that draw as many samples as there are, rounded up so that every epoch ends with a step. */
export const stepsPerEpoch = (samples: number, batchSize: number): number => Math.ceil(samples / batchSize)

/** The position in a shuffled epoch: the generator's state at its beginning, and the number of batches taken since. */
export interface EpochPosition {
  readonly rng: RngState
  readonly taken: number
}

/** Draws the mini-batches of training. */
export interface Sampler {
  /** The indices of the next batch; the next call may overwrite them. */
  next(): Int32Array
  /** The state beside the generator's that is needed to resume; undefined when sampling with replacement. */
  position(): EpochPosition | undefined
}

interface SamplerOptions {
  /** The number of samples. */
  count: number
  batchSize: number
  rng: Rng
}

/** The sampler of that name, at its beginning or at a saved position. */
export const createSampler = (name: Sampling, options: SamplerOptions, from?: EpochPosition): Sampler =>
  name === 'epochs' ? epochSampler(options, from) : replacementSampler(options)

/** Draws each batch from all samples, with replacement, as the book does. */
function replacementSampler({ count, batchSize, rng }: SamplerOptions): Sampler {
  const out = new Int32Array(batchSize)
  return {
    next() {
      for (let i = 0; i < batchSize; i++) out[i] = rng.integer(count)
      return out
    },
    position: () => undefined,
  }
}

/** Draws each sample once per epoch, in an order that is shuffled at its beginning; the last batch may be smaller. */
function epochSampler({ count, batchSize, rng }: SamplerOptions, from?: EpochPosition): Sampler {
  const perEpoch = stepsPerEpoch(count, batchSize)
  let position = from
  // `rng` has drawn the order of a saved position already: a copy in its earlier state draws it again.
  let order = position && createRng(position.rng).permutation(count)

  return {
    next() {
      if (!position || !order || position.taken === perEpoch) {
        position = { rng: rng.state, taken: 0 }
        order = rng.permutation(count)
      }
      const { rng: atStart, taken } = position
      position = { rng: atStart, taken: taken + 1 }
      return order.subarray(taken * batchSize, (taken + 1) * batchSize)
    },
    position: () => position,
  }
}
