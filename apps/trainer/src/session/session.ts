import type { Rng } from '@gosa/linalg'
import {
  type Classifier,
  createOptimizer,
  createTraining,
  type EarlyStoppingState,
  hasDecoupledWeightDecay,
  type LearningRateSchedule,
  learningRateAt,
  type Training,
  type TrainingState,
} from '@gosa/training'
import type { Config } from '../config/config.ts'
import type { RunData } from './run-data.ts'

/** A run that is about to begin or to go on. */
export interface Session {
  readonly config: Config
  readonly data: RunData
  readonly model: Classifier
  readonly training: Training
  /** What early stopping remembers, where a run goes on. */
  readonly early?: EarlyStoppingState
  /** Where it is kept, if anywhere. */
  readonly folder?: string
}

/** Puts together what a run needs, at its beginning or at a saved state. */
export function createSession({
  from,
  rng,
  ...parts
}: Omit<Session, 'training' | 'early'> & { rng: Rng; from?: TrainingState }): Session {
  const { config, model, data } = parts
  const { batchSize, sampling, clipNorm } = config
  const optimizer = createOptimizer(config.optimizer, config)
  if (from) optimizer.load(from.optimizer)
  const schedule = scheduleOf(config)
  const training = createTraining({
    ...{ model, optimizer, data: data.train, batchSize, rng, sampling, from },
    rate: (iteration) => learningRateAt(schedule, iteration),
    rules: { weightDecay: hasDecoupledWeightDecay(config.optimizer) ? 0 : config.weightDecay, clipNorm },
  })
  return { ...parts, training, early: from?.early }
}

/** The schedule of a run; a cosine that nobody gave a length falls to the end of the run. */
export const scheduleOf = (config: Config): LearningRateSchedule => ({
  ...config,
  cosineSteps: config.cosineSteps ?? Math.max(1, config.iterations - config.warmUp),
})
