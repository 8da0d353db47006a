import { type NamedData, usageError } from '@gosa/cli-kit'
import { BOOK_DEFAULTS, DIGITS_ITERATIONS, optimizerDefaults, stepsPerEpoch } from '@gosa/training'
import { checkBook } from './book.ts'
import type { Config } from './config.ts'
import type { TrainOptions } from './train-options.ts'

/** The configuration of a new run from what was typed and the images that there are. */
export function resolveConfig(options: TrainOptions & { seed: number }, data: NamedData): Config {
  const { optimizer, schedule } = options
  const config: Config = {
    data: options.data,
    dataDir: options.dataDir,
    trainSize: options.trainSize,
    testSize: options.testSize,
    layers: layersOf(options, data),
    activation: options.activation,
    std: options.std,
    batchSize: options.batchSize,
    sampling: options.sampling,
    iterations: iterationsOf(options, data) ?? defaultIterations(options, data),
    optimizer,
    learningRate: options.learningRate ?? optimizerDefaults(optimizer).learningRate,
    schedule,
    warmUp: options.warmUp,
    ...(schedule === 'step' && { stepEvery: options.stepEvery, stepFactor: options.stepFactor ?? 0.1 }),
    ...(schedule === 'cosine' && { cosineSteps: options.cosineSteps, cosineFloor: options.cosineFloor ?? 0 }),
    weightDecay: options.weightDecay ?? optimizerDefaults(optimizer).weightDecay,
    clipNorm: options.clipNorm,
    validation: options.validation,
    ...(options.patience && { patience: options.patience, bestBy: options.bestBy ?? 'loss' }),
    dtype: options.dtype,
    backend: options.backend,
    threads: options.threads ?? 1,
    seed: options.seed,
    book: options.book ?? false,
    checkpointEvery: options.checkpointEvery,
  }
  checkBook(config)
  return config
}

/** As many steps as the book takes; generated digits need more, but not where it is the book's loop that is asked for. */
const defaultIterations = ({ book }: Pick<TrainOptions, 'book'>, { generated }: NamedData): number =>
  generated && !book ? DIGITS_ITERATIONS : BOOK_DEFAULTS.iterations

/** How many steps were asked for, if any. */
export function iterationsOf(
  { iterations, epochs, batchSize }: Pick<TrainOptions, 'iterations' | 'epochs' | 'batchSize'>,
  { train }: Pick<NamedData, 'train'>,
): number | undefined {
  return iterations ?? (epochs && epochs * stepsPerEpoch(train.labels.length, batchSize))
}

/** The sizes of the network, which must be one for these images. */
function layersOf(
  { layers, hidden }: Pick<TrainOptions, 'layers' | 'hidden'>,
  { name, height, width, classes }: NamedData,
): number[] {
  const inputs = height * width
  if (layers === undefined) return [inputs, hidden, classes]
  if (layers[0] !== inputs || layers[layers.length - 1] < classes) {
    throw usageError(
      `--layers ${layers.join(',')}: for ${name} it must begin with ${inputs}, the pixels of an image, and end with ${classes} classes`,
    )
  }
  return layers
}
