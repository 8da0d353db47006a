import { batches, sampleBatch } from '@gosa/datasets'
import { createRng, type Rng, type RngState } from '@gosa/linalg'

/** What `--sampling` can be. */
export const SAMPLINGS = ['replacement', 'epochs'] as const

export type Sampling = (typeof SAMPLINGS)[number]

/** Where in an epoch of shuffled images training stands: the generator at its beginning, and how many batches were taken. */
export interface EpochPosition {
  readonly rng: RngState
  readonly taken: number
}

/** Draws the mini-batches of training. */
export interface Sampler {
  /** The indices of the next batch; the next call may overwrite them. */
  next(): Int32Array
  /** What, beside the generator, has to be known to go on; nothing where each batch is drawn from all images. */
  position(): EpochPosition | undefined
}

interface Samples {
  count: number
  batchSize: number
  rng: Rng
}

/** As the book does: each batch is drawn from all images, with replacement. */
export function replacementSampler({ count, batchSize, rng }: Samples): Sampler {
  const out = new Int32Array(batchSize)
  return { next: () => sampleBatch(count, batchSize, rng, { out }), position: () => undefined }
}

/** Each image once an epoch, in an order that is drawn at the beginning of each; the last batch may be smaller. */
export function epochSampler({ count, batchSize, rng }: Samples, from?: EpochPosition): Sampler {
  const perEpoch = Math.ceil(count / batchSize)
  let position = from
  let epoch: Iterator<Int32Array> | undefined

  /** The epoch that was begun, or a new one. */
  function begin(): Iterator<Int32Array> {
    if (position) {
      // The generator itself has drawn this order already, and stands behind it.
      const begun = batches(count, batchSize, createRng(position.rng))[Symbol.iterator]()
      for (let i = 0; i < position.taken; i++) begun.next()
      return begun
    }
    position = { rng: rng.state, taken: 0 }
    return batches(count, batchSize, rng)[Symbol.iterator]()
  }

  return {
    next() {
      if (position && position.taken === perEpoch) epoch = position = undefined
      epoch ??= begin()
      const { rng: begun, taken } = position as EpochPosition
      position = { rng: begun, taken: taken + 1 }
      return epoch.next().value
    },
    position: () => position,
  }
}

/** The sampler of that name, at its beginning or where an epoch was left. */
export const createSampler = (name: Sampling, samples: Samples, from?: EpochPosition): Sampler =>
  name === 'epochs' ? epochSampler(samples, from) : replacementSampler(samples)
