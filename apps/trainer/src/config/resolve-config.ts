import { type NamedData, usageError } from '@gosa/cli-kit'
import { createOptimizer } from '../training/optimizers.ts'
import { type Config, DEFAULTS, DIGITS_ITERATIONS, stepsPerEpoch } from './config.ts'
import type { TrainOptions } from './train-options.ts'

/** The configuration of a new run from what was typed and the images that there are. */
export function resolveConfig(options: TrainOptions & { seed: number }, data: NamedData): Config {
  const { optimizer } = options
  return {
    data: options.data,
    dataDir: options.dataDir,
    trainSize: options.trainSize,
    testSize: options.testSize,
    layers: layersOf(options, data),
    activation: options.activation,
    std: options.std,
    batchSize: options.batchSize,
    iterations: iterationsOf(options, data) ?? (data.generated ? DIGITS_ITERATIONS : DEFAULTS.iterations),
    learningRate: options.learningRate ?? createOptimizer(optimizer).learningRate,
    optimizer,
    dtype: options.dtype,
    backend: options.backend,
    threads: options.threads ?? 1,
    seed: options.seed,
    checkpointEvery: options.checkpointEvery,
  }
}

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
