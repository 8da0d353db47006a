import type { Samples } from '@gosa/datasets'
import { type Rng, type Tensor, takeRows } from '@gosa/linalg'
import type { Optimizer } from '@gosa/optim'
import type { Classifier } from './classifier.ts'
import { findNotFinite } from './find-not-finite.ts'
import { applyGradientRules, type GradientRules } from './gradient-rules.ts'
import { createSampler, type Sampling } from './sampler.ts'
import type { TrainingState } from './state.ts'
import { weightsOf } from './weights.ts'

/** A model in training. */
export interface Training {
  /** How many steps were taken. */
  readonly iteration: number
  /** How many images were drawn for the steps taken here, those before a resumption not counted. */
  readonly samples: number
  /** The learning rate of the latest step, or of the first one to come. */
  readonly learningRate: number
  /**
   * Draws a mini-batch and takes a step against its gradient. Answers its loss, that before the step; where it is NaN or
   * infinite, no step is taken.
   */
  step(): number
  /** The mean of the losses since `takeMeanLoss` was called. */
  meanLoss(): number
  /** The same, and begins anew. */
  takeMeanLoss(): number
  /** A copy of where training stands. */
  state(): TrainingState
  /** Where a number is NaN or infinite, in words, after a step that had such a loss or made such weights. */
  notFinite(): string | undefined
}

export interface TrainingParts {
  model: Classifier
  optimizer: Optimizer
  /** x (N, D), best compressed, and class indices t (N). */
  data: Samples<Uint8Array>
  batchSize: number
  rng: Rng
  /** How batches are drawn; from all images each time, as the book does, where nobody says. */
  sampling?: Sampling
  /** The learning rate of the step that follows `iteration` others; the optimizer's own where nobody says. */
  rate?: (iteration: number) => number
  rules?: GradientRules
  /** Where to go on: model, optimizer and rng stand there already. */
  from?: Pick<TrainingState, 'iteration' | 'losses' | 'epoch'>
}

/** Training of `model`, in place. The buffers of a step are made once. */
export function createTraining({
  model,
  optimizer,
  data,
  batchSize,
  rng,
  sampling = 'replacement',
  rate = () => optimizer.learningRate,
  rules = { weightDecay: 0, clipNorm: 0 },
  from,
}: TrainingParts): Training {
  const parameters = model.parameters()
  const sampler = createSampler(sampling, { count: data.t.length, batchSize, rng }, from?.epoch)
  const classes = new Uint8Array(batchSize)
  let x: Tensor | undefined
  let iteration = from?.iteration ?? 0
  let samples = 0
  let { sum, count } = from?.losses ?? { sum: 0, count: 0 }
  optimizer.learningRate = rate(iteration)

  return {
    get iteration() {
      return iteration
    },
    get samples() {
      return samples
    },
    get learningRate() {
      return optimizer.learningRate
    },
    step() {
      const drawn = sampler.next()
      const t = classes.subarray(0, drawn.length)
      for (let i = 0; i < drawn.length; i++) t[i] = data.t[drawn[i]]
      x = takeRows(data.x, drawn, { out: x?.shape[0] === drawn.length ? x : undefined })
      model.gradient(x, t)
      const { loss } = model.lastLayer
      if (!Number.isFinite(loss)) return loss
      applyGradientRules(parameters, rules)
      optimizer.learningRate = rate(iteration)
      optimizer.step(parameters)
      iteration++
      samples += drawn.length
      sum += loss
      count++
      return loss
    },
    meanLoss: () => sum / count,
    takeMeanLoss() {
      const mean = sum / count
      sum = count = 0
      return mean
    },
    state() {
      const weights = Object.entries(weightsOf(model)).map(([name, value]) => [name, value.clone()])
      const epoch = sampler.position()
      return {
        iteration,
        rng: rng.state,
        optimizer: optimizer.state(),
        weights: Object.fromEntries(weights),
        losses: { sum, count },
        ...(epoch && { epoch }),
      }
    },
    notFinite: () => findNotFinite(model, x),
  }
}
