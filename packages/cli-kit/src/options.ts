import { backends, setBackend } from '@gosa/linalg'
import { setThreads } from '@gosa/linalg/node'
import { type Command, InvalidArgumentError, Option } from 'commander'
import { texts } from './language/texts.ts'

/*
 * Options that both commands have besides those of every program (`program.ts`), and parsers for numeric values.
 */

/** The range of a numeric option. */
export interface NumberRange {
  /** The smallest allowed value. */
  min?: number
  /** The largest allowed value. */
  max?: number
  /** Excludes `min` itself. */
  exclusiveMin?: boolean
}

/** Parses the value of an option as an integer: `new Option('--hidden <n>').argParser(integer({ min: 1 }))`. */
export const integer =
  (range: NumberRange = {}) =>
  (text: string): number => {
    const value = /^[+-]?\d+(e\d+)?$/i.test(text) ? Number(text) : Number.NaN
    return inRange(Number.isSafeInteger(value) ? value : Number.NaN, texts().wrong.integer, range)
  }

/** Parses the value of an option as a finite number, `0.1` or `1e-3`. */
export const finiteNumber =
  (range: NumberRange = {}) =>
  (text: string): number =>
    inRange(text.trim() === '' ? Number.NaN : Number(text), texts().wrong.number, range)

/** Returns the value; throws commander's `InvalidArgumentError`, which says what is allowed, if it is not in the range. */
function inRange(value: number, kind: string, range: NumberRange): number {
  const { min = -Infinity, max = Infinity, exclusiveMin = false } = range
  if (Number.isFinite(value) && (exclusiveMin ? value > min : value >= min) && value <= max) return value
  throw new InvalidArgumentError(describeRange(kind, min, max, exclusiveMin))
}

function describeRange(kind: string, min: number, max: number, exclusiveMin: boolean): string {
  const { wrong } = texts()
  if (min === -Infinity) return max === Infinity ? wrong.anyNumber(kind) : wrong.atMost(kind, max)
  if (max === Infinity) return exclusiveMin ? wrong.greaterThan(kind, min) : wrong.atLeast(kind, min)
  return exclusiveMin ? wrong.greaterThanAtMost(kind, min, max) : wrong.between(kind, min, max)
}

/** What `--backend` and `--threads` say. */
export interface BackendOptions {
  backend: string
  threads?: number
}

/** Adds `--backend` to a command. */
export const addBackendOption = (command: Command): Command =>
  command.addOption(
    new Option('--backend <name>', texts().options.backend).choices(backends()).default('wasm'),
  )

/** Adds `--threads`, the number of threads of the backend, to a command. */
export const addThreadsOption = (command: Command): Command =>
  command.addOption(
    new Option('--threads <n>', texts().options.threads).argParser(integer({ min: 1, max: 64 })).default(1),
  )

/** Sets the backend and its number of threads for the whole process. */
export function useBackend({ backend, threads = 1 }: BackendOptions): void {
  setBackend(backend)
  setThreads(threads)
}
