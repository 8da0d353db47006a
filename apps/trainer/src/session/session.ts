import type { NamedData } from '@gosa/cli-kit'
import { compress, type Rng } from '@gosa/linalg'
import type { Config } from '../config/config.ts'
import type { Classifier } from '../model/classifier.ts'
import { createOptimizer } from '../training/optimizers.ts'
import type { TrainingState } from '../training/state.ts'
import { createTraining, type Training } from '../training/training.ts'

/** A run that is about to begin or to go on. */
export interface Session {
  readonly config: Config
  readonly data: NamedData
  readonly model: Classifier
  readonly training: Training
  /** Where it is kept, if anywhere. */
  readonly folder?: string
}

/** Puts together what a run needs, at its beginning or at a saved state; the images are compressed once. */
export function createSession({
  from,
  rng,
  ...parts
}: Omit<Session, 'training'> & { rng: Rng; from?: TrainingState }): Session {
  const { config, model } = parts
  const optimizer = createOptimizer(config.optimizer, config)
  if (from) optimizer.load(from.optimizer)
  const { train, test } = parts.data
  const data = {
    ...parts.data,
    train: { ...train, images: compress(train.images) },
    test: { ...test, images: compress(test.images) },
  }
  const training = createTraining({
    model,
    optimizer,
    data: data.train,
    batchSize: config.batchSize,
    rng,
    from,
  })
  return { ...parts, data, training }
}
