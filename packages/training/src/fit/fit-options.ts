/** The options of `fit`: their types, checks and defaults. */
import type { Rng } from '@gosa/linalg'
import { checkOptions, checkRng, showValue } from '@gosa/linalg/options'
import type { Optimizer } from '@gosa/optim'
import type { Samples, Targets } from '../loop/classifier.ts'
import type { LearningRateSchedule } from '../loop/learning-rate-schedule.ts'
import type { OptimizerName } from '../loop/optimizers.ts'
import { type Sampling, stepsPerEpoch } from '../loop/sampler.ts'
import type { TrainingState } from '../loop/state.ts'
import type { Scores } from '../metrics/evaluate.ts'
import { type Metrics, namedMetrics } from '../metrics/named-metrics.ts'

/** What is measured at the end of an epoch. */
export interface EpochScores {
  /** Loss and metrics on the validation samples, if there are any. */
  readonly validation?: Scores
  /** The metrics on the samples that are learnt from, if there are no validation samples. */
  readonly training?: Scores
}

/** An entry of the history: an epoch. */
export interface EpochResult extends EpochScores {
  /** The number of epochs so far; not an integer if training ends within one. */
  readonly epoch: number
  /** The number of steps so far. */
  readonly iteration: number
  /** The mean loss of the steps of this epoch; NaN if the model gives none. */
  readonly loss: number
  /** The learning rate of the last step. */
  readonly learningRate: number
  /** Samples per second in the steps of this epoch. */
  readonly samplesPerSecond: number
  /** Whether the weights after this epoch are the best so far. */
  readonly best: boolean
}

/** The progress after a step. */
export interface StepResult {
  /** The number of steps so far, and at the end. */
  readonly iteration: number
  readonly iterations: number
  /** The number of steps in an epoch. */
  readonly stepsPerEpoch: number
  /** The loss of the step; NaN if the model gives none. */
  readonly loss: number
}

/** Returns `false`, or a promise of it, to stop; a promise is waited for. */
export type Callback<Result> = (result: Result) => unknown

/** What is told of training while it goes on, for example to a progress bar. */
export interface FitObserver {
  onStep?: Callback<StepResult>
  onEpoch?: Callback<EpochResult>
  /** After the end, or an error. */
  onEnd?(): void
}

/** The state of training, from which `fit` continues to the same bits. */
export type FitState = TrainingState<EpochScores & { readonly loss: number }>

export interface FitOptions<T extends Targets = Targets> {
  /** The number of epochs to end after, those before `state` included; 10 by default. */
  epochs?: number
  /** The number of steps to end after, in place of `epochs`. */
  iterations?: number
  /** 32 by default. */
  batchSize?: number
  /** An optimizer, or the name of one; `adam` by default. */
  optimizer?: Optimizer | OptimizerName
  /** η: by default that of the optimizer. */
  learningRate?: number
  /** How η changes: a schedule (a cosine falls until the end by default), or η for a step, counted from 0. */
  schedule?: Partial<LearningRateSchedule> | ((iteration: number) => number)
  /** `epochs`, the default: each sample once per epoch. `replacement`: as the book draws. */
  sampling?: Sampling
  /** λ of L2 weight decay, 0 by default; `adamw` has its own. */
  weightDecay?: number
  /** The maximum norm of the gradient; 0, the default, for none. */
  clipNorm?: number
  /** Samples to validate with, or the share of the samples that is held out for it, drawn evenly from each class. */
  validation?: number | Samples<T>
  /** Early stopping: the number of epochs without improvement that training ends after. The model then has the best weights. */
  patience?: number
  /** What is best: the lowest loss (the default), or a metric and its direction. */
  bestBy?: 'loss' | string | { metric: string; highest: boolean }
  /** Names or functions, see `METRICS`; measured at the end of each epoch. */
  metrics?: Metrics
  /** How much each class counts, or `balanced`: N/(C·n_c). */
  classWeights?: readonly number[] | 'balanced'
  /** Determines batches and validation samples; 0 by default. */
  seed?: number
  /** The generator that draws the batches, in place of a new one with the seed. */
  rng?: Rng
  /** A state that `fit` returned: continues from there, with the same samples and options. */
  state?: FitState
  onStep?: Callback<StepResult>
  onEpoch?: Callback<EpochResult>
  /** An observer besides, such as `progressBar()` of `@gosa/training/node`. */
  progress?: FitObserver
  /** Ends training after the current slice of steps; `fit` then returns what there is. */
  signal?: { readonly aborted: boolean }
}

const KEYS = [
  ...['epochs', 'iterations', 'batchSize', 'optimizer', 'learningRate', 'schedule', 'sampling'],
  ...['weightDecay', 'clipNorm', 'validation', 'patience', 'bestBy', 'metrics', 'classWeights'],
  ...['seed', 'rng', 'state', 'onStep', 'onEpoch', 'progress', 'signal'],
] as (keyof FitOptions)[]

/** Returns the options. Throws a `TypeError` or `RangeError` that names the option if one is not what it must be. */
export function checkFitOptions<T extends Targets>(options: FitOptions<T> | undefined): FitOptions<T> {
  const checked = checkOptions('fit', options as FitOptions | undefined, KEYS) as FitOptions<T>
  const { epochs, iterations, batchSize, patience, learningRate, weightDecay, clipNorm } = checked
  if (epochs !== undefined && iterations !== undefined) {
    throw new TypeError('fit: give epochs or iterations, not both')
  }
  for (const [name, value] of Object.entries({ epochs, iterations, batchSize, patience })) {
    if (value === undefined || (Number.isInteger(value) && value >= 1)) continue
    throw new RangeError(`fit: ${name} must be an integer of at least 1, not ${showValue(value)}`)
  }
  for (const [name, value] of Object.entries({ learningRate, weightDecay, clipNorm })) {
    if (value === undefined || (typeof value === 'number' && value >= 0 && value < Infinity)) continue
    throw new RangeError(`fit: ${name} must be a finite number of at least 0, not ${showValue(value)}`)
  }
  if (checked.sampling && !['epochs', 'replacement'].includes(checked.sampling)) {
    throw new RangeError(`fit: sampling must be epochs or replacement, not ${showValue(checked.sampling)}`)
  }
  if (checked.rng !== undefined) checkRng('fit', checked.rng)
  return checked
}

/** The number of steps to end after. */
export const iterationsOf = (
  { epochs = 10, iterations, batchSize = 32 }: Pick<FitOptions, 'epochs' | 'iterations' | 'batchSize'>,
  samples: number,
): number => iterations ?? epochs * stepsPerEpoch(samples, batchSize)

/** Metrics of which a lower value is better. */
const LOWEST = ['loss', 'logLoss', 'meanSquaredError', 'meanAbsoluteError']

/** What selects the best weights: how they are measured, and whether a higher value is better. */
export interface Selection {
  scoreOf(scores: EpochScores & { readonly loss: number }): number
  readonly highest: boolean
}

/** Returns what `bestBy` means. Throws a `RangeError` if it is neither the loss nor one of the metrics. */
export function selectionOf({ bestBy = 'loss', metrics }: Pick<FitOptions, 'bestBy' | 'metrics'>): Selection {
  const { metric, highest } =
    typeof bestBy === 'string' ? { metric: bestBy, highest: !LOWEST.includes(bestBy) } : bestBy
  const names = ['loss', ...namedMetrics('fit', metrics).map(([name]) => name)]
  if (!names.includes(metric)) {
    throw new RangeError(`fit: bestBy must be one of ${names.join(', ')}, not ${showValue(metric)}`)
  }
  return {
    highest,
    scoreOf: ({ validation, training, loss }) =>
      (validation ?? (metric === 'loss' ? { loss } : training))?.[metric] ?? Number.NaN,
  }
}
