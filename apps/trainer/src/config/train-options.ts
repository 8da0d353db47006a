import { addDataOptions, type BackendOptions, type DataOptions } from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import type { Activation } from '@gosa/networks'
import type { OptimizerName, Sampling, ScheduleName, SelectionCriterion } from '@gosa/training'
import { type Command, Option } from 'commander'
import { addKeepingOptions } from './options/keeping.ts'
import { addLearningRateOptions } from './options/learning-rate.ts'
import { addNetworkOptions } from './options/network.ts'
import { addTrainingOptions } from './options/training.ts'
import { addValidationOptions } from './options/validation.ts'
import { port } from './parsers.ts'

/** What can be typed after `train`. */
export interface TrainOptions extends DataOptions, BackendOptions {
  hidden: number
  layers?: number[]
  activation: Activation
  std: Init
  batchSize: number
  sampling: Sampling
  epochs?: number
  iterations?: number
  optimizer: OptimizerName
  learningRate?: number
  schedule: ScheduleName
  warmUp: number
  stepEvery?: number
  stepFactor?: number
  cosineSteps?: number
  cosineFloor?: number
  weightDecay?: number
  clipNorm: number
  validation: number
  patience?: number
  bestBy?: SelectionCriterion
  dtype: DType
  book?: boolean
  /** A folder, the default (`true`), or none (`false`). */
  out: string | boolean
  checkpointEvery: number | string
  /** A port, or `true` for any that is free. */
  live?: number | true
  config?: string
  sweep?: string[]
  resume?: string
}

/** Adds the options of `train`. */
export function addTrainOptions(command: Command): Command {
  addDataOptions(command.optionsGroup('Images:'))
  addNetworkOptions(command)
  addTrainingOptions(command)
  addLearningRateOptions(command)
  addValidationOptions(command)
  addKeepingOptions(command)
  return command.addOption(
    new Option(
      '--live [port]',
      'show the run on a page of this machine while it goes on (default: a free port)',
    ).argParser(port),
  )
}
