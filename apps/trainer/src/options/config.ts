import { type NamedDataset, usageError } from '@gosa/cli-kit'
import { BOOK_DEFAULTS, DIGITS_ITERATIONS, optimizerDefaults, stepsPerEpoch } from '@gosa/training'
import { errorTexts } from '../texts/errors.ts'
import { isFullyConnected, type NetworkChoice, networkName } from './network-choice.ts'
import {
  flagOf,
  type OptionKey,
  optionEntries,
  optionOf,
  type SavedKey,
  type TrainOptions,
} from './option-table.ts'
import { type ConfigValues, isEffective } from './validate.ts'

/**
 * The configuration of a run: everything that determines its weights, with no default left open. A run saves it as
 * `config.json`.
 */
export interface Config extends Pick<TrainOptions, SavedKey> {
  network: NetworkChoice
  /** The layer sizes of a fully connected network: pixels, units of each hidden layer, classes. */
  layers?: number[]
  /** The number of iterations in all. */
  iterations: number
  learningRate: number
  weightDecay: number
  book: boolean
  dataSha256: string
}

const isSaved = (key: OptionKey): key is SavedKey =>
  !['input', 'command'].includes(optionOf(key).scope ?? 'run')

/**
 * The configuration of a new run from its options and images. Throws a usage `CommandError` if the network does not fit the
 * images, or if `--book` is given with something that the book's loop does not have.
 */
export function resolveConfig(options: TrainOptions, data: NamedDataset, dataSha256: string): Config {
  const { optimizer, book = false } = options
  const defaults = optimizerDefaults(optimizer)
  const resolved: TrainOptions = {
    ...options,
    dataSha256,
    book,
    ...resolveNetwork(options, data),
    iterations: resolveIterations(options, data) ?? defaultIterations(book, data),
    learningRate: options.learningRate ?? defaults.learningRate,
    weightDecay: options.weightDecay ?? defaults.weightDecay,
  }
  const saved = optionEntries().filter(([key]) => isSaved(key) && isEffective(key, resolved))
  const config = Object.fromEntries(saved.map(([key]) => [key, resolved[key]])) as unknown as Config
  if (book) checkBook(config)
  return config
}

/** Generated digits are more varied than MNIST's and take longer, except in the book's loop. */
const defaultIterations = (book: boolean, { generated }: NamedDataset): number =>
  generated && !book ? DIGITS_ITERATIONS : BOOK_DEFAULTS.iterations

/** The number of iterations that the options ask for, if they do. */
export function resolveIterations(
  { iterations, epochs, batchSize }: Pick<TrainOptions, 'iterations' | 'epochs' | 'batchSize'>,
  { train }: Pick<NamedDataset, 'train'>,
): number | undefined {
  return iterations ?? (epochs && epochs * stepsPerEpoch(train.t.length, batchSize))
}

/** The network, and what it has of its own options. */
function resolveNetwork(
  options: TrainOptions,
  data: NamedDataset,
): Pick<TrainOptions, 'layers' | 'dropout' | 'batchNorm'> & Pick<Config, 'network'> {
  const name = networkName(options)
  const { dropout = name === 'deep-conv' ? DEEP_CONV_DROPOUT : 0, batchNorm = false } = options
  return {
    network: name === 'described' ? (options.network as NetworkChoice) : name,
    layers: isFullyConnected(options) ? resolveLayers(options, data) : undefined,
    ...{ dropout, batchNorm },
  }
}

/** The book's, section 8.1. */
const DEEP_CONV_DROPOUT = 0.5

function resolveLayers(
  { layers, hidden }: Pick<TrainOptions, 'layers' | 'hidden'>,
  { name, height, width, classes }: NamedDataset,
): number[] {
  const inputs = height * width
  if (layers === undefined) return [inputs, hidden, classes]
  if (layers[0] !== inputs || layers[layers.length - 1] < classes) {
    throw usageError(errorTexts().options.layers(layers.join(','), name, inputs, classes))
  }
  return layers
}

function checkBook(config: Config): void {
  const other = optionEntries().find(
    ([key, { fitsBook }]) => fitsBook && !fitsBook(config[key as keyof Config]),
  )
  if (other) {
    throw usageError(errorTexts().options.notInBook(flagOf(other[0])))
  }
}

/** The first key that a saved configuration must have and that is missing from these values, if any. */
export const missingKey = (values: ConfigValues): string | undefined =>
  [
    ...optionEntries()
      .filter((entry) => isRequired(entry) && isEffective(entry[0], values as Partial<TrainOptions>))
      .map(([key]) => key),
    ...(isFullyConnected(values as Partial<TrainOptions>) ? ['layers'] : []),
    'iterations',
    'learningRate',
    'weightDecay',
    'book',
    'dataSha256',
  ].find((key) => !(key in values))

const isRequired = ([key, entry]: [OptionKey, { default?: unknown; requires?: unknown }]): boolean =>
  isSaved(key) && entry.default !== undefined && !entry.requires
