import { usageError } from '@gosa/cli-kit'
import { flagOf } from './options-by-key.ts'
import type { TrainOptions } from './train-options.ts'

type Key = keyof TrainOptions

/** An option that says nothing unless another one has the right value. */
interface Dependence {
  key: Key
  /** The option on which it depends. */
  on: Key
  holds(options: TrainOptions): boolean
  /** What has to be said, for people. */
  words: string
}

const withSchedule = (schedule: string, ...keys: Key[]): Dependence[] =>
  keys.map((key) => ({
    ...{ key, on: 'schedule', words: `--schedule ${schedule}` },
    holds: (options) => options.schedule === schedule,
  }))

export const DEPENDENCES: readonly Dependence[] = [
  ...withSchedule('step', 'stepEvery', 'stepFactor'),
  ...withSchedule('cosine', 'cosineSteps', 'cosineFloor'),
  { key: 'patience', on: 'validation', words: '--validation', holds: ({ validation }) => validation > 0 },
  { key: 'bestBy', on: 'patience', words: '--patience', holds: ({ patience }) => patience !== undefined },
]

/** Throws a `CommandError` of usage where options were given that say nothing, or one is missing. */
export function checkTogether(options: TrainOptions, given: ReadonlySet<string>): void {
  const idle = DEPENDENCES.find(({ key, holds }) => given.has(key) && !holds(options))
  if (idle) throw usageError(`${flagOf(idle.key)} says nothing without ${idle.words}`)
  if (options.schedule === 'step' && options.stepEvery === undefined) {
    throw usageError('--schedule step needs --step-every: after how many steps the learning rate falls')
  }
}
