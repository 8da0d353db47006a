import {
  addBackendOption,
  addDataOptions,
  addThreadsOption,
  type BackendOptions,
  type DataOptions,
} from '@gosa/cli-kit'
import type { Init } from '@gosa/layers'
import type { DType } from '@gosa/linalg'
import { type Command, Option } from 'commander'
import { ACTIVATIONS, type Activation } from '../model/activations.ts'
import { MEASURES, type Measure } from '../training/early-stopping.ts'
import { OPTIMIZERS, type OptimizerName } from '../training/optimizers.ts'
import { SAMPLINGS, type Sampling } from '../training/sampler.ts'
import { SCHEDULES, type ScheduleName } from '../training/schedule.ts'
import { DEFAULTS, DIGITS_ITERATIONS } from './config.ts'
import {
  cadence,
  count,
  fraction,
  initOf,
  notNegative,
  port,
  positive,
  positiveShare,
  share,
  sizes,
  wholeFromZero,
} from './parsers.ts'

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
  bestBy?: Measure
  dtype: DType
  book: boolean
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
  const add = (flags: string, description: string, settle: (option: Option) => Option = (option) => option) =>
    command.addOption(settle(new Option(flags, description)))
  addDataOptions(command)

  add('--hidden <n>', 'units of the hidden layer', (o) => o.argParser(count).default(DEFAULTS.hidden))
  add('--layers <n,…>', 'sizes of all layers, in place of --hidden: 784,128,64,10', (o) =>
    o.argParser(sizes).conflicts('hidden'),
  )
  add('--activation <name>', 'what stands between layers', (o) => o.choices(ACTIVATIONS).default('relu'))
  add('--std <n>', 'standard deviation of the first weights: a number, he or xavier', (o) =>
    o.argParser(initOf).default(DEFAULTS.std),
  )

  add('--batch-size <n>', 'images in a step', (o) => o.argParser(count).default(DEFAULTS.batchSize))
  add(
    '--sampling <name>',
    'how they are drawn: from all images each time, with replacement, or each image once an epoch',
    (o) => o.choices(SAMPLINGS).default('replacement'),
  )
  add('--epochs <n>', 'how often to draw as many images as there are', (o) => o.argParser(count))
  add(
    '--iterations <n>',
    `how many steps to take (default: ${DEFAULTS.iterations}; ${DIGITS_ITERATIONS} for generated digits)`,
    (o) => o.argParser(count).conflicts('epochs'),
  )

  add('--optimizer <name>', 'the rule of a step', (o) => o.choices(OPTIMIZERS).default('sgd'))
  add(
    '--learning-rate <n>',
    'the size of a step (default: 0.1 for sgd, what suits each other optimizer)',
    (o) => o.argParser(positive),
  )
  add('--schedule <name>', 'how the learning rate changes', (o) => o.choices(SCHEDULES).default('constant'))
  add('--warm-up <n>', 'over how many steps the learning rate rises at first, before any schedule', (o) =>
    o.argParser(wholeFromZero).default(0),
  )
  add('--step-every <n>', 'with --schedule step: after how many steps it falls', (o) => o.argParser(count))
  add('--step-factor <n>', 'with --schedule step: to which share of itself (default: 0.1)', (o) =>
    o.argParser(positiveShare),
  )
  add(
    '--cosine-steps <n>',
    'with --schedule cosine: over how many steps it falls (default: to the end)',
    (o) => o.argParser(count),
  )
  add('--cosine-floor <n>', 'with --schedule cosine: to which share of itself (default: 0)', (o) =>
    o.argParser(share),
  )
  add(
    '--weight-decay <n>',
    'λ of λ·W, added to the gradients of the weights W, not of biases; with adamw its own decay (default: 0; 0.01 for adamw)',
    (o) => o.argParser(notNegative),
  )
  add('--clip-norm <n>', 'how long the gradient of all parameters together may be; 0: of any length', (o) =>
    o.argParser(notNegative).default(0),
  )

  add('--validation <n>', 'the share of the training images to set aside and judge by', (o) =>
    o.argParser(fraction).default(0),
  )
  add(
    '--patience <n>',
    'with --validation: stop after so many epochs without a better one; keep the best',
    (o) => o.argParser(count),
  )
  add('--best-by <name>', 'with --patience: what is judged by (default: loss)', (o) => o.choices(MEASURES))
  add('--dtype <name>', 'precision', (o) => o.choices(['float32', 'float64']).default('float32'))
  addThreadsOption(addBackendOption(command))

  add('--book', "the chapter's loop, and the lines that it prints: train and test accuracy", (o) =>
    o.default(false),
  )
  add('--out <folder>', 'where the run is kept: a new folder', (o) =>
    o.default(true, 'gosa-runs/<set>-<number>'),
  )
  add('--no-out', 'keep nothing')
  add(
    '--checkpoint-every <n>',
    'save what is needed to go on after so many steps, or seconds: 500, 30s',
    (o) => o.argParser(cadence).default(0, 'each epoch'),
  )
  add(
    '--live [port]',
    'show the run on a page of this machine while it goes on (default: a free port)',
    (o) => o.argParser(port),
  )
  add('--config <file>', 'take options from a JSON file, such as the config.json of a run; flags win')
  add(
    '--sweep <key=v,…>',
    'train once with each value, of several such options with each combination: learning-rate=0.1,0.3',
    (o) => o.argParser((text: string, before?: string[]) => [...(before ?? []), text]),
  )
  add('--resume <folder>', 'go on with the run of a folder, with its own options')
  return command
}
