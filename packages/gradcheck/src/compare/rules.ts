import type { DType } from '@gosa/linalg'
import type { Method } from '../numeric/step.ts'
import type { CheckOptions } from '../options.ts'

/** The options that decide on an entry, with their defaults. */
export interface Rules {
  readonly method: Method
  readonly h?: number
  readonly tolerance?: { readonly rtol: number; readonly atol: number }
  /** As in the options; `'any'` where a kink decides nothing, since the line moves many entries over theirs. */
  readonly atKink: 'between' | 'left' | 'right' | 'any'
  /** How many times a step is halved in search of a place without kinks. */
  readonly levels: number
}

/** Throws a `RangeError` for values that make no sense. */
export function rulesFor(options: CheckOptions, dtype: DType): Rules {
  const { method = 'richardson', h, tolerance, atKink = 'between', mode = 'full' } = options
  oneOf('method', method, ['central', 'five-point', 'richardson'])
  oneOf('atKink', atKink, ['between', 'left', 'right'])
  oneOf('mode', mode, ['full', 'sampled', 'projected'])
  if (h !== undefined) positive('the step h', h)
  for (const name of ['samples', 'directions'] as const) {
    if (options[name] !== undefined) positive(name, options[name])
  }
  if (tolerance && !(tolerance.rtol >= 0 && tolerance.atol >= 0)) {
    throw new RangeError('gradcheck: tolerance takes { rtol, atol }, both numbers from 0 up')
  }
  return { method, h, tolerance, atKink, levels: dtype === 'float32' ? 14 : 44 }
}

function oneOf(name: string, value: string, allowed: readonly string[]): void {
  if (allowed.includes(value)) return
  throw new RangeError(
    `gradcheck: ${name} must be one of '${allowed.join("', '")}', not ${JSON.stringify(value)}`,
  )
}

function positive(name: string, value: number): void {
  if (value > 0 && value < Infinity) return
  throw new RangeError(`gradcheck: ${name} must be a positive number, not ${value}`)
}
