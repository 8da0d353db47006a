import type { DataOptions } from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import type { Activation } from '@gosa/networks'
import type {
  GradientRules,
  LearningRateSchedule,
  OptimizerName,
  Sampling,
  SelectionCriterion,
} from '@gosa/training'

/** All that determines a run; saved with it as `config.json`. */
export interface Config extends DataOptions, LearningRateSchedule, GradientRules {
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
  bestBy?: SelectionCriterion
  /** The loop of the book's chapter 5, and what it prints. */
  book: boolean
  dtype: DType
  backend: string
  threads: number
  seed: number
  /** A checkpoint is written each so many steps, or each so many seconds (`30s`); 0: at the end of each epoch. */
  checkpointEvery: number | string
}
