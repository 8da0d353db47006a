/** The settings of a run: defaults, limits, their form in the address, and the command that repeats the run. */
import { BOOK_DEFAULTS, OPTIMIZERS, type OptimizerName } from '@gosa/training'

/** Everything that determines a run; with the same settings, gosa-trainer trains the same weights. */
export interface TrainSettings {
  /** Generated digits, or the files that were dropped on the page. */
  readonly data: 'digits' | 'files'
  /** The network of chapter 5, with `hidden` units, or that of chapter 7, with the book's sizes. */
  readonly network: NetworkName
  /** The number of generated digits to train on. */
  readonly trainSize: number
  readonly hidden: number
  readonly optimizer: OptimizerName
  readonly learningRate: number
  readonly batchSize: number
  readonly seed: number
  /** The number of steps in all. */
  readonly iterations: number
}

/** The networks to choose from. */
export const NETWORKS = ['two-layer', 'simple-conv'] as const
export type NetworkName = (typeof NETWORKS)[number]

/** The number of generated digits to test on. */
export const TEST_SIZE = 2000

export const DEFAULT_SETTINGS: TrainSettings = {
  data: 'digits',
  network: 'two-layer',
  trainSize: 10_000,
  hidden: BOOK_DEFAULTS.hiddenSize,
  optimizer: 'sgd',
  learningRate: 0.1,
  batchSize: BOOK_DEFAULTS.batchSize,
  seed: 0,
  iterations: 5000,
}

/** What suits a network, where the settings are those that suit the other: the book trains the ConvNet with Adam. */
export function settingsForNetwork(settings: TrainSettings, network: NetworkName): TrainSettings {
  const suitable = { 'two-layer': TWO_LAYER, 'simple-conv': SIMPLE_CONV }
  const isUnchanged = Object.entries(suitable[settings.network]).every(
    ([name, value]) => settings[name as keyof TrainSettings] === value,
  )
  return { ...settings, network, ...(isUnchanged && suitable[network]) }
}

const TWO_LAYER = {
  optimizer: DEFAULT_SETTINGS.optimizer,
  learningRate: DEFAULT_SETTINGS.learningRate,
  iterations: DEFAULT_SETTINGS.iterations,
} satisfies Partial<TrainSettings>
const SIMPLE_CONV = {
  optimizer: 'adam',
  learningRate: 0.001,
  iterations: 600,
} satisfies Partial<TrainSettings>

/** The range of a number; an integer unless `real`. */
export interface Limits {
  readonly min: number
  readonly max: number
  readonly real?: true
}

/** The limits of the settings; a browser's tab has less memory than the machine. */
export const LIMITS = {
  trainSize: { min: 100, max: 60_000 },
  hidden: { min: 1, max: 1000 },
  learningRate: { min: 1e-6, max: 100, real: true },
  batchSize: { min: 1, max: 2000 },
  seed: { min: 0, max: Number.MAX_SAFE_INTEGER },
  iterations: { min: 1, max: 1_000_000 },
} satisfies Partial<Record<keyof TrainSettings, Limits>>

/** The names of the settings that are numbers. */
export type NumberSetting = keyof typeof LIMITS

/** Whether a value is a number within the limits of a setting. */
export function isWithinLimits(name: NumberSetting, value: unknown): value is number {
  const { min, max, ...kind }: Limits = LIMITS[name]
  return typeof value === 'number' && value >= min && value <= max && (kind.real || Number.isInteger(value))
}

/** Settings from an address or from storage; `base` replaces missing and invalid values. */
export function settingsFrom(
  given: Readonly<Record<string, unknown>>,
  base: TrainSettings = DEFAULT_SETTINGS,
): TrainSettings {
  const numbers = Object.fromEntries(
    Object.keys(LIMITS).map((key) => {
      const name = key as NumberSetting
      const value = typeof given[name] === 'string' && given[name] !== '' ? Number(given[name]) : given[name]
      return [name, isWithinLimits(name, value) ? value : base[name]]
    }),
  ) as Pick<TrainSettings, NumberSetting>
  const { data, network, optimizer } = given
  return {
    ...numbers,
    data: data === 'files' || data === 'digits' ? data : base.data,
    network: NETWORKS.find((name) => name === network) ?? base.network,
    optimizer: OPTIMIZERS.find((name) => name === optimizer) ?? base.optimizer,
  }
}

/** The parameters of the address: the settings that differ from the defaults. */
export const paramsOf = (settings: TrainSettings): Record<string, string> =>
  Object.fromEntries(
    Object.entries(settings)
      .filter(([name, value]) => value !== DEFAULT_SETTINGS[name as keyof TrainSettings])
      .map(([name, value]) => [name, String(value)]),
  )

/** Whether two settings lead to the same run, apart from its length. */
export const isSameRun = (a: TrainSettings, b: TrainSettings): boolean =>
  JSON.stringify({ ...settingsFrom({ ...a }), iterations: 0 }) ===
  JSON.stringify({ ...settingsFrom({ ...b }), iterations: 0 })

/** The command that trains the same weights in a terminal. */
export function commandOf(settings: TrainSettings): string {
  const { data, network, trainSize, hidden, optimizer, learningRate, batchSize, seed, iterations } = settings
  const images =
    data === 'files' ? '--data mnist --data-dir FOLDER' : `--train-size ${trainSize} --test-size ${TEST_SIZE}`
  const model = network === 'two-layer' ? `--hidden ${hidden}` : `--network ${network}`
  return (
    `npm start -- ${images} ${model} --optimizer ${optimizer} --learning-rate ${learningRate} ` +
    `--batch-size ${batchSize} --seed ${seed} --iterations ${iterations}`
  )
}
