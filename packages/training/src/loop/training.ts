/** One model in training: `createTraining` draws a batch, computes the gradient and takes a step, and can be resumed. */
import { type Rng, Tensor, takeRows } from '@gosa/linalg'
import type { Optimizer } from '@gosa/optim'
import {
  buffersOf,
  type Samples,
  type Targets,
  type Trainable,
  type Weights,
  weightsOf,
} from './classifier.ts'
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
   * Draws a mini-batch and takes a step against its gradient. Returns the loss before the step, NaN if the model gives none.
   * If the loss `hasDiverged`, no step is taken.
   */
  step(): number
  /** Whether a loss is NaN or infinite although the model gives one. */
  hasDiverged(loss: number): boolean
  /** The mean of the losses since `takeMeanLoss` was called. */
  meanLoss(): number
  /** The mean of the losses since the last call; starts a new mean. */
  takeMeanLoss(): number
  /** Copies of the weights, and of the buffers if there are any. */
  copyWeights(): Pick<TrainingState, 'weights' | 'buffers'>
  /** A copy of the state, from which training can be resumed to the same bits. */
  state(): TrainingState
  /** Where the model holds or produces NaN or infinity, in words; undefined if nowhere. */
  notFinite(): string | undefined
}

export interface TrainingOptions {
  model: Trainable
  optimizer: Optimizer
  /** The samples to learn from, x (N, D) best compressed. */
  data: Samples
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
  data: { x: allSamples, t: allTargets },
  batchSize,
  rng,
  sampling = 'replacement',
  rate = () => optimizer.learningRate,
  rules = { weightDecay: 0, clipNorm: 0 },
  from,
}: TrainingOptions): Training {
  const parameters = model.parameters()
  const sampler = createSampler(sampling, { count: allSamples.shape[0], batchSize, rng }, from?.epoch)
  const { takeGradient, givesLoss } = gradientOf(model)
  const takeTargets = targetGatherer(allTargets, batchSize)
  let x: Tensor | undefined
  let iteration = from?.iteration ?? 0
  let samples = 0
  let { sum, count } = from?.losses ?? { sum: 0, count: 0 }
  const hasDiverged = (loss: number) => givesLoss && !Number.isFinite(loss)
  optimizer.learningRate = rate(iteration)

  const copyWeights = () => {
    const buffers = copied(buffersOf(model))
    return { weights: copied(weightsOf(model)), ...(Object.keys(buffers).length > 0 && { buffers }) }
  }

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
      x = takeRows(allSamples, indices, { out: x?.shape[0] === indices.length ? x : undefined })
      const loss = takeGradient(x, takeTargets(indices))
      if (hasDiverged(loss)) return loss
      applyGradientRules(parameters, rules)
      optimizer.learningRate = rate(iteration)
      optimizer.step(parameters)
      iteration++
      samples += indices.length
      sum += loss
      count++
      return loss
    },
    hasDiverged,
    meanLoss: () => sum / count,
    takeMeanLoss() {
      const mean = sum / count
      sum = count = 0
      return mean
    },
    copyWeights,
    state() {
      const epoch = sampler.position()
      const layersRng = model.randomState
      return {
        iteration,
        rng: rng.state,
        optimizer: optimizer.state(),
        ...copyWeights(),
        losses: { sum, count },
        ...(epoch && { epoch }),
        ...(layersRng !== undefined && { layersRng }),
      }
    },
    notFinite: () => findNotFinite(model, x),
  }
}

const copied = (weights: Weights): Weights =>
  Object.fromEntries(Object.entries(weights).map(([name, value]) => [name, value.clone()]))

/** How a model computes its gradients, and the loss of the same batch: NaN if it gives none. */
function gradientOf(model: Trainable): { takeGradient(x: Tensor, t: Targets): number; givesLoss: boolean } {
  if (model.lossAndGradient) {
    return { givesLoss: true, takeGradient: (x, t) => model.lossAndGradient?.(x, t).loss ?? Number.NaN }
  }
  if (typeof model.gradient !== 'function') {
    throw new TypeError(
      'training: a model must have gradient(x, t), or lossAndGradient(x, t), and parameters()',
    )
  }
  return {
    givesLoss: model.loss !== undefined,
    takeGradient(x, t) {
      const loss = model.loss?.(x, t) ?? Number.NaN
      model.gradient?.(x, t)
      return loss
    },
  }
}

/** Gathers the targets of a batch into the same memory each time. */
function targetGatherer(targets: Targets, batchSize: number): (indices: Int32Array) => Targets {
  if (targets instanceof Tensor) {
    let batch: Tensor | undefined
    return (indices) => {
      batch = takeRows(targets, indices, { out: batch?.shape[0] === indices.length ? batch : undefined })
      return batch
    }
  }
  const batch = new (targets instanceof Int32Array ? Int32Array : Uint8Array)(batchSize)
  return (indices) => {
    for (let i = 0; i < indices.length; i++) batch[i] = targets[indices[i]]
    return batch.subarray(0, indices.length)
  }
}
