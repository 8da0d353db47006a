/** One model in training: `createTraining` draws a batch, computes the gradient and takes a step, and can be resumed. */
import { type Rng, type Tensor, takeRows } from '@gosa/linalg'
import type { Optimizer } from '@gosa/optim'
import { type Classifier, type ClassSamples, weightsOf } from './classifier.ts'
import { findNotFinite } from './find-not-finite.ts'
import { applyGradientRules, type GradientRules } from './gradient-rules.ts'
import { createSampler, type Sampling } from './sampler.ts'
import type { TrainingState } from './state.ts'

/** A model in training. */
export interface Training {
  /** The number of steps taken, those before a resumption included. */
  readonly iteration: number
  /** The number of samples drawn by this object, those before a resumption not included. */
  readonly samples: number
  /** The learning rate of the latest step, or of the first one. */
  readonly learningRate: number
  /**
   * Draws a mini-batch and takes a step against its gradient. Returns the loss before the step. If the loss is NaN or
   * infinite, no step is taken.
   */
  step(): number
  /** The mean of the losses since `takeMeanLoss` was called. */
  meanLoss(): number
  /** The mean of the losses since the last call; starts a new mean. */
  takeMeanLoss(): number
  /** A copy of the state, from which training can be resumed to the same bits. */
  state(): TrainingState
  /** Where the model holds or produces NaN or infinity, in words; undefined if nowhere. */
  notFinite(): string | undefined
}

export interface TrainingOptions {
  model: Classifier
  optimizer: Optimizer
  /** The samples to learn from, x (N, D) best compressed. */
  data: ClassSamples
  batchSize: number
  rng: Rng
  /** How batches are drawn; by default with replacement, as in the book. */
  sampling?: Sampling
  /** The learning rate of step number `iteration`, counted from 0; by default the optimizer's own. */
  rate?: (iteration: number) => number
  /** Weight decay and gradient clipping; none by default. */
  rules?: GradientRules
  /** The state to resume from; model, optimizer and rng must be in it already. */
  from?: Pick<TrainingState, 'iteration' | 'losses' | 'epoch'>
}

/** Trains `model` in place. The buffers of a step are allocated once. */
export function createTraining({
  model,
  optimizer,
  data: { x: allSamples, t: allLabels },
  batchSize,
  rng,
  sampling = 'replacement',
  rate = () => optimizer.learningRate,
  rules = { weightDecay: 0, clipNorm: 0 },
  from,
}: TrainingOptions): Training {
  const parameters = model.parameters()
  const sampler = createSampler(sampling, { count: allLabels.length, batchSize, rng }, from?.epoch)
  const batchLabels = new (allLabels instanceof Int32Array ? Int32Array : Uint8Array)(batchSize)
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
      const indices = sampler.next()
      const t = batchLabels.subarray(0, indices.length)
      for (let i = 0; i < indices.length; i++) t[i] = allLabels[indices[i]]
      x = takeRows(allSamples, indices, { out: x?.shape[0] === indices.length ? x : undefined })
      const { loss } = model.lossAndGradient(x, t)
      if (!Number.isFinite(loss)) return loss
      applyGradientRules(parameters, rules)
      optimizer.learningRate = rate(iteration)
      optimizer.step(parameters)
      iteration++
      samples += indices.length
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
