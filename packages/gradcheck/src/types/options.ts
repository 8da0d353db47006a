import type { DType } from '@gosa/linalg'
import type { NumericalMethod } from '../numeric/finite-differences.ts'
import type { CheckMode } from './report.ts'

/** The options of a check. All have defaults; the same options give the same report, bit for bit. */
export interface CheckOptions {
  /** The name in the report; by default the name of the class. */
  name?: string
  /** Seed of the random `dout`s, samples and directions; 0 by default. */
  seed?: number
  /** The numerical method of the first estimate, `'richardson'` by default. In doubt all methods are used. */
  method?: NumericalMethod
  /** The step for every entry; by default chosen by dtype, method and the magnitude of the entry. */
  h?: number
  /**
   * `'full'` compares every entry (default); `'sampled'` some entries of each variable; `'projected'` whole variables
   * along random directions, and every entry of those that disagree.
   */
  mode?: CheckMode
  /** Number of entries compared by `'sampled'`, distributed over the variables; 200 by default. */
  samples?: number
  /** Number of directions for each variable in `'projected'`; 3 by default. */
  directions?: number
  /**
   * A fixed tolerance in place of error estimates and kinks: `|analytic − numerical| ≤ atol + rtol·|numerical|`, as in
   * PyTorch's gradcheck.
   */
  tolerance?: { rtol: number; atol: number }
  /**
   * Which gradient is right at a kink: any between the left and the right derivative (default), or exactly one of the two
   * (the book's ReLU, 0 at 0, is `'left'`).
   */
  atKink?: 'between' | 'left' | 'right'
  /** Whether `backward` adds to the gradients of the parameters; by default it must replace them. */
  accumulates?: boolean
  /** Whether rows (samples) are independent of each other, so that a batch must equal its rows one by one. */
  independent?: boolean
  /** Passed to `forward` as `{ train }`. */
  train?: boolean
  /** Called before each `forward`, to restore random generators or running statistics. */
  reseed?: () => void
  /** Whether the second derivatives are checked for symmetry; true by default. */
  secondOrder?: boolean
  /** Whether properties besides the values of the gradients are checked (see `FindingName`); true by default. */
  properties?: boolean
  /** Called from time to time with the number of entries done. */
  onProgress?: (progress: { done: number; total: number }) => void
}

/** The options that decide on an entry, with their defaults. */
export interface ComparisonRules {
  readonly method: NumericalMethod
  readonly h?: number
  readonly tolerance?: { readonly rtol: number; readonly atol: number }
  /** As in the options; `'any'` accepts any gradient at a kink, for directions, which cross the kinks of many entries. */
  readonly atKink: 'between' | 'left' | 'right' | 'any'
  /** How often a step is halved in search of a neighbourhood without kinks. */
  readonly halvings: number
}

/** Resolves the defaults. Throws a `RangeError` for invalid values. */
export function resolveRules(options: CheckOptions, dtype: DType): ComparisonRules {
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
  return { method, h, tolerance, atKink, halvings: dtype === 'float32' ? 14 : 44 }
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
