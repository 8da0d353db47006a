import type { DataOptions } from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import type { Activation } from '../model/activations.ts'
import type { OptimizerName } from '../training/optimizers.ts'

/** All that determines a run; saved with it as `config.json`. */
export interface Config extends DataOptions {
  /** The sizes of the network: pixels, units of each hidden layer, classes. */
  layers: number[]
  activation: Activation
  /** The standard deviation of the first weights, or the rule for it. */
  std: Init
  batchSize: number
  /** How many steps there are in all. */
  iterations: number
  learningRate: number
  optimizer: OptimizerName
  dtype: DType
  backend: string
  threads: number
  seed: number
  /** A checkpoint is written each so many steps; 0: at the end of each epoch. */
  checkpointEvery: number
}

/** The book's own, sections 4.5 and 5.7. */
export const DEFAULTS = { hidden: 50, std: 0.01, batchSize: 100, iterations: 10_000 } as const

/** The generated digits are more varied than MNIST's, and take longer. */
export const DIGITS_ITERATIONS = 20_000

/** How many steps draw as many images as there are: a whole number, so that every epoch has an end. */
export const stepsPerEpoch = (images: number, batchSize: number): number => Math.ceil(images / batchSize)
