import type { DataOptions } from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import type { Activation } from '../model/activations.ts'
import type { Measure } from '../training/early-stopping.ts'
import type { GradientRules } from '../training/gradient-rules.ts'
import type { OptimizerName } from '../training/optimizers.ts'
import type { Sampling } from '../training/sampler.ts'
import type { Schedule } from '../training/schedule.ts'

/** All that determines a run; saved with it as `config.json`. */
export interface Config extends DataOptions, Schedule, GradientRules {
  /** The sizes of the network: pixels, units of each hidden layer, classes. */
  layers: number[]
  activation: Activation
  /** The standard deviation of the first weights, or the rule for it. */
  std: Init
  batchSize: number
  /** How many steps there are in all. */
  iterations: number
  optimizer: OptimizerName
  sampling: Sampling
  /** The share of the training images that is set aside to judge by; 0: none. */
  validation: number
  /** After how many epochs without a better one training ends; never where nothing is said. */
  patience?: number
  bestBy?: Measure
  /** The loop of the book's chapter 5, and what it prints. */
  book: boolean
  dtype: DType
  backend: string
  threads: number
  seed: number
  /** A checkpoint is written each so many steps, or each so many seconds (`30s`); 0: at the end of each epoch. */
  checkpointEvery: number | string
}

/** The book's own, sections 4.5 and 5.7. */
export const DEFAULTS = { hidden: 50, std: 0.01, batchSize: 100, iterations: 10_000 } as const

/** The generated digits are more varied than MNIST's, and take longer. */
export const DIGITS_ITERATIONS = 20_000

/** How many steps draw as many images as there are: a whole number, so that every epoch has an end. */
export const stepsPerEpoch = (images: number, batchSize: number): number => Math.ceil(images / batchSize)
