import { backends } from '@gosa/linalg'
import { ACTIVATIONS } from '@gosa/networks'
import { OPTIMIZERS, SAMPLINGS, SCHEDULES, SELECTION_CRITERIA } from '@gosa/training'
import { SECONDS } from './parsers.ts'

/** As much of JSON Schema as a configuration needs. */
export interface JsonSchema {
  readonly type?: 'string' | 'number' | 'integer' | 'boolean' | 'array'
  readonly enum?: readonly string[]
  readonly const?: unknown
  readonly pattern?: string
  readonly examples?: readonly string[]
  readonly minimum?: number
  readonly exclusiveMinimum?: number
  readonly maximum?: number
  readonly exclusiveMaximum?: number
  readonly items?: JsonSchema
  readonly minItems?: number
  readonly anyOf?: readonly JsonSchema[]
}

const text: JsonSchema = { type: 'string' }
const whole = (minimum: number): JsonSchema => ({ type: 'integer', minimum })
const number = (limits: JsonSchema): JsonSchema => ({ type: 'number', ...limits })
const oneOf = (names: readonly string[]): JsonSchema => ({ type: 'string', enum: names })

/** What a configuration file can say: an option's name in camelCase, and what its value is in JSON. */
export const CONFIG_KEYS = {
  data: text,
  dataDir: text,
  trainSize: whole(1),
  testSize: whole(1),
  hidden: whole(1),
  layers: { type: 'array', items: whole(1), minItems: 2 },
  activation: oneOf(ACTIVATIONS),
  std: { anyOf: [number({ minimum: 0 }), oneOf(['he', 'xavier'])] },
  batchSize: whole(1),
  sampling: oneOf(SAMPLINGS),
  epochs: whole(1),
  iterations: whole(1),
  optimizer: oneOf(OPTIMIZERS),
  learningRate: number({ exclusiveMinimum: 0 }),
  schedule: oneOf(SCHEDULES),
  warmUp: whole(0),
  stepEvery: whole(1),
  stepFactor: number({ exclusiveMinimum: 0, maximum: 1 }),
  cosineSteps: whole(1),
  cosineFloor: number({ minimum: 0, maximum: 1 }),
  weightDecay: number({ minimum: 0 }),
  clipNorm: number({ minimum: 0 }),
  validation: number({ minimum: 0, exclusiveMaximum: 1 }),
  patience: whole(1),
  bestBy: oneOf(SELECTION_CRITERIA),
  dtype: oneOf(['float32', 'float64']),
  backend: oneOf(backends()),
  threads: { type: 'integer', minimum: 1, maximum: 64 },
  seed: whole(0),
  book: { type: 'boolean' },
  out: { anyOf: [text, { const: false }] },
  checkpointEvery: { anyOf: [whole(0), { type: 'string', pattern: SECONDS.source, examples: ['30s'] }] },
} satisfies Record<string, JsonSchema>

export type ConfigKey = keyof typeof CONFIG_KEYS

/** What a run writes into its own `config.json` besides, and `--config` leaves out. */
export const RECORDED_KEYS = { dataSha256: text } satisfies Record<string, JsonSchema>

/** Options of how a run is started and shown, which are no part of it. */
export const NOT_OF_A_RUN: readonly string[] = ['config', 'sweep', 'resume', 'live']

export const isConfigKey = (name: string): name is ConfigKey => Object.hasOwn(CONFIG_KEYS, name)
