import { type NamedData, usageError } from '@gosa/cli-kit'
import { type Dataset, split } from '@gosa/datasets'
import { createRng } from '@gosa/linalg'
import type { Config } from '../config/config.ts'

/** The images of a run; some of those to train with may be set aside. */
export interface RunData extends NamedData {
  readonly validation?: Dataset
}

/**
 * Sets a share of the training images aside, at random. They are drawn by a generator of their own, so that a run has the
 * same first weights with and without them. Throws a `CommandError` where too few are left.
 */
export function setAside(
  data: NamedData,
  { validation, seed }: Pick<Config, 'validation' | 'seed'>,
): RunData {
  if (validation === 0) return data
  const rng = createRng(createRng(seed).integer(2 ** 32))
  const { images: x, labels } = data.train
  const parts = split({ x, labels }, [1 - validation, validation], rng)
  const [train, aside] = parts.map((part) => ({ images: part.x, labels: part.labels }))
  if (train.labels.length === 0 || aside.labels.length === 0) {
    throw usageError(
      `--validation ${validation}: of ${labels.length} images none would be left for one of the parts`,
    )
  }
  return { ...data, train, validation: aside }
}
