import { addBackendOption, addDataOptions, addThreadsOption } from '@gosa/cli-kit'
import { backends } from '@gosa/linalg'
import { ACTIVATIONS } from '@gosa/networks'
import { BOOK_DEFAULTS, OPTIMIZERS, SAMPLINGS, SCHEDULES, SELECTION_CRITERIA } from '@gosa/training'
import { Command, type Option } from 'commander'
import { optionTexts } from '../texts/options.ts'
import type { NetworkName } from './network-choice.ts'
import {
  checkpointInterval,
  count,
  factor,
  fraction,
  integer,
  layerSizes,
  list,
  networkChoice,
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

/** The headings of `--help`, in this order, by their texts. */
export const GROUPS = [
  ...(['images', 'tables', 'network', 'training', 'learningRate'] as const),
  ...(['validation', 'runs'] as const),
] as const

/** An option, besides the kind of its value. */
export interface OptionSpec<T> {
  /** The heading of `--help` under which it stands; none for options of all commands. */
  readonly group?: (typeof GROUPS)[number]
  /** What `--help` calls its value: `<n>`. A toggle has none. */
  readonly value?: string
  readonly default?: T
  /** The default in words, if the value does not explain itself. */
  readonly defaultText?: () => string
  /** What `--no-<flag>` does, if there is such a flag. */
  readonly negatedHelp?: () => string
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
  /** The networks that have it; by default it is not an option of the network. */
  readonly networks?: readonly NetworkName[]
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

const sharedOptions = () => addThreadsOption(addBackendOption(addDataOptions(new Command()))).options

const sharedOption = (key: string): Option | undefined =>
  sharedOptions().find((option) => option.attributeName() === key)

/** The name of the value of an option that other commands have too. */
const sharedValue = (key: string): { value: string } => ({
  value: sharedOption(key)?.flags.split(' ')[1] ?? '',
})

/** The networks of Affine layers, whose sizes are options. */
const FULLY_CONNECTED: readonly NetworkName[] = ['two-layer', 'multi-layer']

export const OPTIONS = {
  data: option(text, { group: 'images', default: 'digits', ...sharedValue('data') }),
  dataDir: option(text, { group: 'images', resumable: true, ...sharedValue('dataDir') }),
  trainSize: option(count, { group: 'images', ...sharedValue('trainSize') }),
  testSize: option(count, { group: 'images', ...sharedValue('testSize') }),
  dataSha256: option(text, {
    scope: 'record',
  }),

  target: option(text, { group: 'tables', value: '<column>' }),
  task: option(oneOf(['classification', 'regression']), {
    ...{ group: 'tables', value: '<name>', requires: ['target'] },
  }),
  features: option(list, { group: 'tables', value: '<column...>', requires: ['target'] }),
  categories: option(list, { group: 'tables', value: '<column...>', requires: ['target'] }),
  fill: option(oneOf(['mean', 'median']), { group: 'tables', value: '<name>', requires: ['target'] }),
  constant: option(oneOf(['keep']), { group: 'tables', value: '<name>', requires: ['target'] }),
  unseen: option(oneOf(['zeros']), { group: 'tables', value: '<name>', requires: ['target'] }),
  delimiter: option(text, { group: 'tables', value: '<character>', requires: ['target'] }),
  decimal: option(oneOf(['.', ',']), { group: 'tables', value: '<character>', requires: ['target'] }),

  network: option(networkChoice, {
    ...{ group: 'network', value: '<name>' },
    fitsBook: (network) => FULLY_CONNECTED.some((name) => name === network),
  }),
  hidden: option(count, {
    ...{ group: 'network', value: '<n>', default: BOOK_DEFAULTS.hiddenSize, scope: 'input' },
    networks: FULLY_CONNECTED,
  }),
  layers: option(layerSizes, {
    ...{ group: 'network', value: '<n,…>', conflicts: 'hidden', networks: FULLY_CONNECTED },
    fitsBook: ({ length }) => length === 3,
  }),
  activation: option(oneOf(ACTIVATIONS), {
    ...{ group: 'network', value: '<name>', default: 'relu', networks: FULLY_CONNECTED },
    fitsBook: is('relu'),
  }),
  weightInitStd: option(weightInit, {
    ...{ group: 'network', value: '<n>', default: BOOK_DEFAULTS.weightInitStd },
    networks: [...FULLY_CONNECTED, 'simple-conv'],
    fitsBook: (std) => typeof std === 'number',
  }),
  dropout: option(fraction, {
    ...{ group: 'network', value: '<n>', networks: ['multi-layer', 'deep-conv'] },
    fitsBook: (share) => !share,
  }),
  batchNorm: option(toggle, {
    ...{ group: 'network', networks: ['multi-layer'] },
    fitsBook: (isOn) => !isOn,
  }),
  dtype: option(oneOf(['float32', 'float64']), {
    ...{ group: 'network', value: '<name>', default: 'float32' },
  }),
  backend: option(oneOf(backends()), { group: 'network', default: 'wasm', ...sharedValue('backend') }),
  threads: option(integer(1, 64), {
    ...{ group: 'network', default: 1, resumable: true },
    ...sharedValue('threads'),
  }),

  batchSize: option(count, {
    ...{ group: 'training', value: '<n>', default: BOOK_DEFAULTS.batchSize },
  }),
  sampling: option(oneOf(SAMPLINGS), {
    ...{ group: 'training', value: '<name>', default: 'replacement' },
    fitsBook: is('replacement'),
  }),
  epochs: option(count, {
    ...{ group: 'training', value: '<n>', scope: 'input', resumable: true },
  }),
  iterations: option(count, {
    ...{ group: 'training', value: '<n>', conflicts: 'epochs', resumable: true },
  }),
  optimizer: option(oneOf(OPTIMIZERS), {
    ...{ group: 'training', value: '<name>', default: 'sgd' },
    fitsBook: is('sgd'),
  }),
  weightDecay: option(notNegative, {
    ...{ group: 'training', value: '<n>' },
    fitsBook: is(0),
  }),
  clipNorm: option(notNegative, {
    ...{ group: 'training', value: '<n>', default: 0 },
    fitsBook: is(0),
  }),
  book: option(toggle, {
    ...{ group: 'training', fixedInSweep: true },
  }),

  learningRate: option(positive, {
    ...{ group: 'learningRate', value: '<n>' },
  }),
  schedule: option(oneOf(SCHEDULES), {
    ...{ group: 'learningRate', value: '<name>', default: 'constant' },
    fitsBook: is('constant'),
  }),
  warmUp: option(integer(0), {
    ...{ group: 'learningRate', value: '<n>', default: 0 },
    fitsBook: is(0),
  }),
  stepEvery: option(count, {
    ...{ group: 'learningRate', value: '<n>', requires: ['schedule', 'step'] },
  }),
  stepFactor: option(positiveFactor, {
    ...{ group: 'learningRate', value: '<n>', default: 0.1, requires: ['schedule', 'step'] },
  }),
  cosineSteps: option(count, {
    ...{ group: 'learningRate', value: '<n>', requires: ['schedule', 'cosine'] },
  }),
  cosineFloor: option(factor, {
    ...{ group: 'learningRate', value: '<n>', default: 0, requires: ['schedule', 'cosine'] },
  }),

  validation: option(fraction, {
    ...{ group: 'validation', value: '<n>', default: 0 },
    fitsBook: is(0),
  }),
  patience: option(count, {
    ...{ group: 'validation', value: '<n>', requires: ['validation'] },
  }),
  bestBy: option(oneOf(SELECTION_CRITERIA), {
    ...{ group: 'validation', value: '<name>', default: 'loss', requires: ['patience'] },
  }),

  out: option(outputFolder, {
    ...{ group: 'runs', value: '<folder>', scope: 'input', fixedInSweep: true },
    negatedHelp: () => optionTexts().noOut,
  }),
  checkpointEvery: option(checkpointInterval, {
    ...{
      group: 'runs',
      value: '<n>',
      default: 0,
      defaultText: () => optionTexts().eachEpoch,
      resumable: true,
    },
  }),
  resume: option(text, {
    ...{ group: 'runs', value: '<folder>', scope: 'command', resumable: true },
  }),
  config: option(text, {
    ...{ group: 'runs', value: '<file>', scope: 'command' },
  }),
  sweep: option(list, {
    ...{ group: 'runs', value: '<key=values...>', scope: 'command' },
  }),
  live: option(port, {
    ...{ group: 'runs', value: '[port]', scope: 'command', resumable: true },
  }),

  seed: option(integer(0), {
    default: 0,
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

/** The help of an option, in the language of the process. */
export function helpOf(key: OptionKey): string {
  const { data, ...help } = optionTexts().help
  const shared = sharedOption(key)?.description ?? ''
  return key === 'data' ? data(shared) : ((help as Readonly<Record<string, string>>)[key] ?? shared)
}
