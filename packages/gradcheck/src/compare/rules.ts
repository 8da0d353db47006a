import type { NumericalMethod } from '../numeric/finite-differences.ts'
import type { CheckOptions } from '../types/options.ts'

/** The rules by which an entry is judged: the options of a check, validated and with their defaults. */

/** The options that decide on an entry. */
export interface ComparisonRules {
  readonly method: NumericalMethod
  readonly h?: number
  readonly tolerance?: { readonly rtol: number; readonly atol: number }
  /** As in the options; `'any'` accepts any gradient at a kink, for directions, which cross the kinks of many entries. */
  readonly atKink: 'between' | 'left' | 'right' | 'any'
}

/** Resolves the defaults. Throws a `RangeError` for invalid values. */
export function resolveRules(options: CheckOptions): ComparisonRules {
  const { method = 'richardson', h, tolerance, atKink = 'between', mode = 'full' } = options
  checkChoice('method', method, ['central', 'five-point', 'richardson'])
  checkChoice('atKink', atKink, ['between', 'left', 'right'])
  checkChoice('mode', mode, ['full', 'sampled', 'projected'])
  if (h !== undefined) checkPositive('the step h', h)
  for (const name of ['samples', 'directions'] as const) {
    if (options[name] !== undefined) checkPositive(name, options[name])
  }
  if (tolerance && !(tolerance.rtol >= 0 && tolerance.atol >= 0)) {
    throw new RangeError('gradcheck: tolerance must be { rtol, atol }, both numbers of at least 0')
  }
  return { method, h, tolerance, atKink }
}

function checkChoice(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw new RangeError(
    `gradcheck: ${name} must be one of '${allowed.join("', '")}', not ${JSON.stringify(value)}`,
  )
}

function checkPositive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return
  throw new RangeError(`gradcheck: ${name} must be a positive number, not ${value}`)
}
