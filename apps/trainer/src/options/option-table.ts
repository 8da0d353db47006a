import { addBackendOption, addDataOptions, addThreadsOption } from '@gosa/cli-kit'
import { backends } from '@gosa/linalg'
import { ACTIVATIONS } from '@gosa/networks'
import {
  BOOK_DEFAULTS,
  DIGITS_ITERATIONS,
  OPTIMIZERS,
  SAMPLINGS,
  SCHEDULES,
  SELECTION_CRITERIA,
} from '@gosa/training'
import { Command } from 'commander'
import {
  checkpointInterval,
  count,
  factor,
  fraction,
  integer,
  layerSizes,
  list,
  notNegative,
  oneOf,
  outputFolder,
  port,
  positive,
  positiveFactor,
  text,
  toggle,
  type ValueKind,
  weightInit,
} from './value-kinds.ts'

/**
 * Every option of `gosa-trainer train`, declared once. The flags with their help, the types `TrainOptions` and `Config`, the
 * validation of flags and of `--config` files, `config.schema.json`, and what `--resume`, `--sweep` and `--book` allow are
 * all derived from this table. To add an option, add an entry, use it, and run the tests with `-u`.
 */

/** The headings of `--help`, in this order. */
export const GROUPS = [
  'Images',
  'Tables',
  'Network',
  'Training',
  'Learning rate',
  'Validation',
  'Runs',
] as const

/** An option, besides the kind of its value. */
export interface OptionSpec<T> {
  /** The heading of `--help` under which it stands; none for options of all commands. */
  readonly group?: (typeof GROUPS)[number]
  /** What `--help` calls its value: `<n>`. A toggle has none. */
  readonly value?: string
  readonly help: string
  readonly default?: T
  /** The default in words, if the value does not explain itself. */
  readonly defaultText?: string
  /** What `--no-<flag>` does, if there is such a flag. */
  readonly negated?: string
  /**
   * Where it may be given, and whether a run saves it in its `config.json`:
   *
   *     run      flags and --config files; saved (the default)
   *     input    flags and --config files; not saved, because it is resolved into other options
   *     command  flags only: how the command runs, not what is computed
   *     record   saved only: written by a run, ignored by --config
   */
  readonly scope?: 'run' | 'input' | 'command' | 'record'
  /** An option that cannot be given together with this one. */
  readonly conflicts?: string
  /** An option on which it depends, and the value that this must have; without a value, any but 0 or none. */
  readonly requires?: readonly [key: string, value?: string]
  /** Whether a value is that of the book's training loop. */
  fitsBook?(value: T): boolean
  /** It may be given with `--resume`, because it does not change the weights after a given iteration. */
  readonly resumable?: boolean
  /** `--sweep` cannot vary it. */
  readonly fixedInSweep?: boolean
}

const option = <T, const Spec extends OptionSpec<T>>(
  kind: ValueKind<T>,
  spec: Spec,
): Spec & { kind: ValueKind<T> } => ({ kind, ...spec })

const is =
  <T>(expected: T) =>
  (value: T): boolean =>
    value === expected

const { options: shared } = addThreadsOption(addBackendOption(addDataOptions(new Command())))

/** The help of an option that other commands have too. */
function sharedHelp(key: string): { value: string; help: string } {
  const { flags, description } = shared.find((option) => option.attributeName() === key) ?? {}
  return { value: flags?.split(' ')[1] ?? '', help: description ?? '' }
}

export const OPTIONS = {
  data: option(text, { group: 'Images', default: 'digits', ...sharedHelp('data') }),
  dataDir: option(text, { group: 'Images', resumable: true, ...sharedHelp('dataDir') }),
  trainSize: option(count, { group: 'Images', ...sharedHelp('trainSize') }),
  testSize: option(count, { group: 'Images', ...sharedHelp('testSize') }),
  dataSha256: option(text, {
    scope: 'record',
    help: 'SHA-256 of the images and labels that the run was trained and tested with; written by the run, ignored by --config',
  }),

  target: option(text, {
    ...{ group: 'Tables', value: '<column>' },
    help: 'column to predict, if --data is a table: a CSV file, or an npz file with x and y',
  }),
  task: option(oneOf(['classification', 'regression']), {
    ...{ group: 'Tables', value: '<name>', requires: ['target'] },
    help: 'whether the target is one of several classes, or a number',
  }),
  features: option(list, {
    ...{ group: 'Tables', value: '<column...>', requires: ['target'] },
    help: 'columns to predict from (default: all others)',
  }),
  categories: option(list, {
    ...{ group: 'Tables', value: '<column...>', requires: ['target'] },
    help: 'columns of numbers that are categories, such as postal codes; columns of texts always are',
  }),
  fill: option(oneOf(['mean', 'median']), {
    ...{ group: 'Tables', value: '<name>', requires: ['target'] },
    help: 'replace missing values by the mean or median of their column, texts by the most frequent one (default: refuse them)',
  }),
  constant: option(oneOf(['keep']), {
    ...{ group: 'Tables', value: '<name>', requires: ['target'] },
    help: 'keep columns of equal values, as zeros (default: refuse them)',
  }),
  unseen: option(oneOf(['zeros']), {
    ...{ group: 'Tables', value: '<name>', requires: ['target'] },
    help: 'allow categories that no training row has, as zeros (default: refuse them)',
  }),
  delimiter: option(text, {
    ...{ group: 'Tables', value: '<character>', requires: ['target'] },
    help: 'what separates the fields of a CSV file, or tab (default: a comma; a tab in .tsv files)',
  }),
  decimal: option(oneOf(['.', ',']), {
    ...{ group: 'Tables', value: '<character>', requires: ['target'] },
    help: 'decimal separator of a CSV file (default: .)',
  }),

  hidden: option(count, {
    ...{ group: 'Network', value: '<n>', default: BOOK_DEFAULTS.hiddenSize, scope: 'input' },
    help: 'number of units in the hidden layer',
  }),
  layers: option(layerSizes, {
    ...{ group: 'Network', value: '<n,…>', conflicts: 'hidden' },
    help: 'sizes of all layers, instead of --hidden: 784,128,64,10',
    fitsBook: ({ length }) => length === 3,
  }),
  activation: option(oneOf(ACTIVATIONS), {
    ...{ group: 'Network', value: '<name>', default: 'relu' },
    help: 'activation function',
    fitsBook: is('relu'),
  }),
  weightInitStd: option(weightInit, {
    ...{ group: 'Network', value: '<n>', default: BOOK_DEFAULTS.weightInitStd },
    help: 'standard deviation of the initial weights: a number, he or xavier',
    fitsBook: (std) => typeof std === 'number',
  }),
  dtype: option(oneOf(['float32', 'float64']), {
    ...{ group: 'Network', value: '<name>', default: 'float32' },
    help: 'precision',
  }),
  backend: option(oneOf(backends()), { group: 'Network', default: 'wasm', ...sharedHelp('backend') }),
  threads: option(integer(1, 64), {
    ...{ group: 'Network', default: 1, resumable: true },
    ...sharedHelp('threads'),
  }),

  batchSize: option(count, {
    ...{ group: 'Training', value: '<n>', default: BOOK_DEFAULTS.batchSize },
    help: 'number of images per iteration',
  }),
  sampling: option(oneOf(SAMPLINGS), {
    ...{ group: 'Training', value: '<name>', default: 'replacement' },
    help: 'how batches are drawn: with replacement, or each image once per epoch',
    fitsBook: is('replacement'),
  }),
  epochs: option(count, {
    ...{ group: 'Training', value: '<n>', scope: 'input', resumable: true },
    help: 'length of the run in epochs',
  }),
  iterations: option(count, {
    ...{ group: 'Training', value: '<n>', conflicts: 'epochs', resumable: true },
    help: `length of the run in iterations (default: ${BOOK_DEFAULTS.iterations}; ${DIGITS_ITERATIONS} for generated digits)`,
  }),
  optimizer: option(oneOf(OPTIMIZERS), {
    ...{ group: 'Training', value: '<name>', default: 'sgd' },
    help: 'optimizer',
    fitsBook: is('sgd'),
  }),
  weightDecay: option(notNegative, {
    ...{ group: 'Training', value: '<n>' },
    help: 'weight decay λ: adds λ·W to the gradients of weights, not of biases; adamw decays the weights itself (default: 0; 0.01 for adamw)',
    fitsBook: is(0),
  }),
  clipNorm: option(notNegative, {
    ...{ group: 'Training', value: '<n>', default: 0 },
    help: 'scale the gradient of all parameters down to this norm if it is larger; 0: never',
    fitsBook: is(0),
  }),
  book: option(toggle, {
    ...{ group: 'Training', fixedInSweep: true },
    help: 'run the training loop of the book, chapter 5, and print what it prints: train and test accuracy',
  }),

  learningRate: option(positive, {
    ...{ group: 'Learning rate', value: '<n>' },
    help: 'learning rate (default: 0.1 for sgd, each other optimizer has its own)',
  }),
  schedule: option(oneOf(SCHEDULES), {
    ...{ group: 'Learning rate', value: '<name>', default: 'constant' },
    help: 'learning rate schedule',
    fitsBook: is('constant'),
  }),
  warmUp: option(integer(0), {
    ...{ group: 'Learning rate', value: '<n>', default: 0 },
    help: 'number of iterations in which the learning rate rises from 0, before the schedule starts',
    fitsBook: is(0),
  }),
  stepEvery: option(count, {
    ...{ group: 'Learning rate', value: '<n>', requires: ['schedule', 'step'] },
    help: 'with --schedule step: reduce the learning rate every n iterations',
  }),
  stepFactor: option(positiveFactor, {
    ...{ group: 'Learning rate', value: '<n>', default: 0.1, requires: ['schedule', 'step'] },
    help: 'with --schedule step: multiply the learning rate by this factor each time',
  }),
  cosineSteps: option(count, {
    ...{ group: 'Learning rate', value: '<n>', requires: ['schedule', 'cosine'] },
    help: 'with --schedule cosine: number of iterations in which the learning rate falls (default: until the end)',
  }),
  cosineFloor: option(factor, {
    ...{ group: 'Learning rate', value: '<n>', default: 0, requires: ['schedule', 'cosine'] },
    help: 'with --schedule cosine: final learning rate as a fraction of the initial one',
  }),

  validation: option(fraction, {
    ...{ group: 'Validation', value: '<n>', default: 0 },
    help: 'fraction of the training images to hold out for validation',
    fitsBook: is(0),
  }),
  patience: option(count, {
    ...{ group: 'Validation', value: '<n>', requires: ['validation'] },
    help: 'stop early when validation has not improved for n epochs, and keep the best weights',
  }),
  bestBy: option(oneOf(SELECTION_CRITERIA), {
    ...{ group: 'Validation', value: '<name>', default: 'loss', requires: ['patience'] },
    help: 'with --patience: quantity on the validation images that selects the best weights',
  }),

  out: option(outputFolder, {
    ...{ group: 'Runs', value: '<folder>', scope: 'input', fixedInSweep: true },
    help: 'folder in which to save the run; it must be new or empty (default: gosa-runs/<set>-<number>)',
    negated: 'do not save the run',
  }),
  checkpointEvery: option(checkpointInterval, {
    ...{ group: 'Runs', value: '<n>', default: 0, defaultText: 'each epoch', resumable: true },
    help: 'save a checkpoint every n iterations, or seconds: 500, 30s',
  }),
  resume: option(text, {
    ...{ group: 'Runs', value: '<folder>', scope: 'command', resumable: true },
    help: 'continue the run or the sweep in this folder, with its own options',
  }),
  config: option(text, {
    ...{ group: 'Runs', value: '<file>', scope: 'command' },
    help: 'read options from a JSON file, such as the config.json of a run; flags override it',
  }),
  sweep: option(list, {
    ...{ group: 'Runs', value: '<key=values...>', scope: 'command' },
    help: 'train once with each combination of the values: learning-rate=0.1,0.3 hidden=30,50',
  }),
  live: option(port, {
    ...{ group: 'Runs', value: '[port]', scope: 'command', resumable: true },
    help: 'show the run in the browser while it trains, for this machine only (default: a free port)',
  }),

  seed: option(integer(0), {
    default: 0,
    help: 'seed of the random number generator',
  }),
}

type Options = typeof OPTIONS

export type OptionKey = keyof Options

type ValueOf<Key extends OptionKey> = Options[Key] extends { kind: ValueKind<infer T> } ? T : never
type KeyWithDefault = {
  [Key in OptionKey]: Options[Key] extends { default: unknown } ? Key : never
}[OptionKey]

/** The options of `train` as parsed; those with a default are always there. */
export type TrainOptions = { [Key in KeyWithDefault]: ValueOf<Key> } & {
  [Key in Exclude<OptionKey, KeyWithDefault>]?: ValueOf<Key>
}

/** The options that a run saves. */
export type SavedKey = {
  [Key in OptionKey]: Options[Key] extends { scope: 'input' | 'command' } ? never : Key
}[OptionKey]

/** An option as a reader of the table sees it. */
export type TableEntry = OptionSpec<unknown> & { readonly kind: ValueKind<unknown> }

export const isOptionKey = (key: string): key is OptionKey => Object.hasOwn(OPTIONS, key)

export const optionOf = (key: OptionKey): TableEntry => OPTIONS[key] as TableEntry

/** All options with their keys, in the order of the table. */
export const optionEntries = (): [OptionKey, TableEntry][] =>
  Object.entries(OPTIONS) as [OptionKey, TableEntry][]

/** `--batch-size` of `batchSize`. */
export const flagOf = (key: string): string =>
  `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`

/** `batchSize` of `batch-size` or `--batch-size`. */
export const keyOf = (flag: string): string =>
  flag.replace(/^--/, '').replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
