import { type Dataset, sampleBatch } from '@gosa/datasets'
import { type Rng, type Tensor, takeRows } from '@gosa/linalg'
import type { Optimizer } from '@gosa/optim'
import type { Classifier } from '../model/classifier.ts'
import { weightsOf } from '../model/weights.ts'
import type { TrainingState } from './state.ts'

/** A model in training. */
export interface Training {
  /** How many steps were taken. */
  readonly iteration: number
  /**
   * Draws a mini-batch, from all images each time (with replacement, as the book does), and takes a step against its
   * gradient. Answers its loss, that before the step; where it is NaN or infinite, no step is taken.
   */
  step(): number
  /** The mean of the losses since the last call. */
  takeMeanLoss(): number
  /** A copy of where training stands. */
  state(): TrainingState
}

export interface TrainingParts {
  model: Classifier
  optimizer: Optimizer
  /** Images (N, D), best compressed, and labels (N). */
  data: Dataset
  batchSize: number
  rng: Rng
  /** Where to go on: model, optimizer and rng stand there already. */
  from?: Pick<TrainingState, 'iteration' | 'losses'>
}

/** Training of `model`, in place. The buffers of a step are made once. */
export function createTraining({ model, optimizer, data, batchSize, rng, from }: TrainingParts): Training {
  const { images, labels } = data
  const parameters = model.parameters()
  const drawn = new Int32Array(batchSize)
  const t = new Uint8Array(batchSize)
  let x: Tensor | undefined
  let iteration = from?.iteration ?? 0
  let { sum, count } = from?.losses ?? { sum: 0, count: 0 }

  return {
    get iteration() {
      return iteration
    },
    step() {
      sampleBatch(labels.length, batchSize, rng, { out: drawn })
      for (let i = 0; i < batchSize; i++) t[i] = labels[drawn[i]]
      x = takeRows(images, drawn, { out: x })
      model.gradient(x, t)
      const { loss } = model.lastLayer
      if (!Number.isFinite(loss)) return loss
      optimizer.step(parameters)
      iteration++
      sum += loss
      count++
      return loss
    },
    takeMeanLoss() {
      const mean = sum / count
      sum = count = 0
      return mean
    },
    state() {
      const weights = Object.entries(weightsOf(model)).map(([name, value]) => [name, value.clone()])
      return {
        iteration,
        rng: rng.state,
        optimizer: optimizer.state(),
        weights: Object.fromEntries(weights),
        losses: { sum, count },
      }
    },
  }
}
