/** Checks of arguments that the functions of this package share; each error names the function and the argument. */
import { createRng, type Rng } from '@gosa/linalg'
import { checkRng, showValue } from '@gosa/linalg/options'

/** Returns the value if it is an integer of at least `min`; throws a `RangeError` that names it otherwise. */
export function checkInteger(name: string, value: number, min: number): number {
  if (Number.isSafeInteger(value) && value >= min) return value
  throw new RangeError(`${name} must be an integer of at least ${min}, not ${showValue(value)}`)
}

/** Returns the value if it is a finite number of at least `min`; throws a `RangeError` that names it otherwise. */
export function checkNumber(name: string, value: number, min: number): number {
  if (Number.isFinite(value) && value >= min) return value
  throw new RangeError(`${name} must be a number of at least ${min}, not ${showValue(value)}`)
}

/** Options of everything that is drawn at random: a generator to draw from, or a seed for a new one (0 by default). */
export interface RandomOptions {
  seed?: number
  rng?: Rng
}

/** Returns the generator that the options name. Throws a `RangeError` if both a seed and a generator are given. */
export function rngFrom(what: string, { seed, rng }: RandomOptions): Rng {
  if (rng && seed !== undefined) throw new RangeError(`${what}: give a seed or an rng, not both`)
  if (rng !== undefined) checkRng(what, rng)
  return rng ?? createRng(seed ?? 0)
}
