import {
  addBackendOption,
  addDataOptions,
  addThreadsOption,
  type BackendOptions,
  type DataOptions,
  realNumber,
  wholeNumber,
} from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { ACTIVATIONS, type Activation } from '../model/activations.ts'
import { OPTIMIZERS, type OptimizerName } from '../training/optimizers.ts'
import { DEFAULTS, DIGITS_ITERATIONS } from './config.ts'

/** What can be typed after `train`. */
export interface TrainOptions extends DataOptions, BackendOptions {
  hidden: number
  layers?: number[]
  activation: Activation
  std: Init
  batchSize: number
  epochs?: number
  iterations?: number
  learningRate?: number
  optimizer: OptimizerName
  dtype: DType
  /** A folder, the default (`true`), or none (`false`). */
  out: string | boolean
  checkpointEvery: number
  resume?: string
}

/** Adds the options of `train`. */
export function addTrainOptions(command: Command): Command {
  addDataOptions(command)
  const option = (flags: string, description: string) => new Option(flags, description)
  const count = wholeNumber({ min: 1 })
  command
    .addOption(option('--hidden <n>', 'units of the hidden layer').argParser(count).default(DEFAULTS.hidden))
    .addOption(
      option('--layers <n,…>', 'sizes of all layers, in place of --hidden: 784,128,64,10')
        .argParser(sizes)
        .conflicts('hidden'),
    )
    .addOption(
      option('--activation <name>', 'what stands between layers').choices(ACTIVATIONS).default('relu'),
    )
    .addOption(
      option('--std <n>', 'standard deviation of the first weights: a number, he or xavier')
        .argParser(initOf)
        .default(DEFAULTS.std),
    )
    .addOption(option('--batch-size <n>', 'images in a step').argParser(count).default(DEFAULTS.batchSize))
    .addOption(option('--epochs <n>', 'how often to draw as many images as there are').argParser(count))
    .addOption(
      option(
        '--iterations <n>',
        `how many steps to take (default: ${DEFAULTS.iterations}; ${DIGITS_ITERATIONS} for generated digits)`,
      )
        .argParser(count)
        .conflicts('epochs'),
    )
    .addOption(option('--optimizer <name>', 'the rule of a step').choices(OPTIMIZERS).default('sgd'))
    .addOption(
      option(
        '--learning-rate <n>',
        'the size of a step (default: 0.1 for sgd, what suits each other optimizer)',
      ).argParser(realNumber({ min: 0, above: true })),
    )
    .addOption(option('--dtype <name>', 'precision').choices(['float32', 'float64']).default('float32'))
  return addThreadsOption(addBackendOption(command))
    .addOption(
      option('--out <folder>', 'where the run is kept: a new folder').default(
        true,
        'gosa-runs/<set>-<number>',
      ),
    )
    .addOption(option('--no-out', 'keep nothing'))
    .addOption(
      option('--checkpoint-every <n>', 'save after so many steps what is needed to go on')
        .argParser(count)
        .default(0, 'each epoch'),
    )
    .addOption(option('--resume <folder>', 'go on with the run of a folder, with its own options'))
}

const number = realNumber({ min: 0 })

function initOf(text: string): Init {
  if (text === 'he' || text === 'xavier') return text
  try {
    return number(text)
  } catch {
    throw new InvalidArgumentError('It must be a number from 0 up, he or xavier.')
  }
}

const size = wholeNumber({ min: 1 })

function sizes(text: string): number[] {
  try {
    const all = text.split(',').map(size)
    if (all.length > 1) return all
  } catch {}
  throw new InvalidArgumentError('It must be two or more whole numbers from 1 up, with commas between them.')
}
