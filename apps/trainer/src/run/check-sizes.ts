import { totalmem } from 'node:os'
import { formatCount } from '@gosa/charts/text'
import { failure, type NamedDataset, usageError } from '@gosa/cli-kit'
import { outputShapes } from '@gosa/layers'
import type { Network } from '@gosa/networks'
import { elementsOf } from '../model/create-network.ts'
import type { Config } from '../options/config.ts'
import { errorTexts } from '../texts/errors.ts'

/** Checks sizes before anything is allocated or written: data that cannot be trained with, and networks beyond memory. */

/** Throws a `CommandError` if a data set has no images, images without pixels, or a single class. */
export function checkData({ name, train, test, classes, height, width }: NamedDataset): void {
  if (train.t.length === 0) throw failure(errorTexts().data.noTraining(name))
  if (test.t.length === 0) throw failure(errorTexts().data.noTest(name))
  if (height * width === 0) throw failure(errorTexts().data.noPixels(name, height, width))
  if (classes < 2) throw failure(errorTexts().data.oneLabel(name))
}

/** The arrays that a weight needs at least: its value and its gradient. */
const ARRAYS_PER_WEIGHT = 2

/**
 * Throws a usage `CommandError` that names the option if the weights of Affine layers of these sizes with their gradients, or the
 * values of a batch, are larger than the memory of this machine.
 */
export function checkMemory(
  { layers = [], batchSize, dtype }: Pick<Config, 'layers' | 'batchSize' | 'dtype'>,
  flag: '--layers' | '--hidden',
  memoryBytes: number = totalmem(),
): void {
  const bytes = dtype === 'float64' ? 8 : 4
  const weights = layers.slice(1).reduce((sum, units, i) => sum + (layers[i] + 1) * units, 0)
  const weightBytes = weights * bytes * ARRAYS_PER_WEIGHT
  const memory = formatGigabytes(memoryBytes)
  if (weightBytes > memoryBytes) {
    throw usageError(
      errorTexts().options.weightsBeyondMemory(flag, layers.join('-'), formatGigabytes(weightBytes), memory),
    )
  }
  checkBatch(
    layers.reduce((sum, units) => sum + units, 0),
    { batchSize, dtype },
    memoryBytes,
  )
}

/** Throws a usage `CommandError` if the values of a batch in the layers of a network are larger than the memory of this machine. */
export function checkBatchMemory(
  { layers, inputShape }: Pick<Network, 'layers' | 'inputShape'>,
  sizes: Pick<Config, 'batchSize' | 'dtype'>,
  memoryBytes: number = totalmem(),
): void {
  const values = outputShapes(layers, inputShape, 'Network').map((shape = []) => elementsOf(shape))
  checkBatch(
    values.reduce((sum, count) => sum + count, 0),
    sizes,
    memoryBytes,
  )
}

function checkBatch(
  valuesPerImage: number,
  { batchSize, dtype }: Pick<Config, 'batchSize' | 'dtype'>,
  memoryBytes: number,
): void {
  const bytes = batchSize * valuesPerImage * (dtype === 'float64' ? 8 : 4)
  if (bytes <= memoryBytes) return
  throw usageError(
    errorTexts().options.batchBeyondMemory(batchSize, formatGigabytes(bytes), formatGigabytes(memoryBytes)),
  )
}

/** `7.8 GB`, `784,000 GB`. */
const formatGigabytes = (bytes: number): string =>
  bytes < 1e11 ? `${(bytes / 1e9).toFixed(1)} GB` : `${formatCount(bytes / 1e9)} GB`
