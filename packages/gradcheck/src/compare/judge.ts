import { type Estimate, holds } from '../numeric/estimate.ts'
import type { Line } from '../numeric/line.ts'
import { central, fivePoint } from '../numeric/methods.ts'
import { richardson } from '../numeric/richardson.ts'
import { type Slopes, slopesOf } from '../numeric/slopes.ts'
import type { Rules } from './rules.ts'

/**
 * What became of an entry: the claim lies within the error of the numerical value; or between the slopes on both sides of
 * a kink; or outside; or the error is too large to tell.
 */
export type Outcome = 'agrees' | 'kink' | 'wrong' | 'unclear'

export interface Judgement extends Estimate {
  readonly outcome: Outcome
}

/** A first estimate by the method asked for, whose own error is what rounding does (and for Richardson, its table). */
export function estimate(line: Line, step: number, { method }: Rules): Estimate {
  if (method === 'richardson') return richardson(line, step)
  const value = method === 'central' ? central(line, step) : fivePoint(line, step)
  return { value, error: line.noise / step }
}

/** PyTorch's rule: `|claim − value| ≤ atol + rtol·|value|`. */
export function judgeByTolerance({ value, error }: Estimate, claim: number, rules: Rules): Judgement {
  const { rtol, atol } = rules.tolerance as { rtol: number; atol: number }
  const agrees = Math.abs(claim - value) <= atol + rtol * Math.abs(value)
  return { value, error, outcome: agrees ? 'agrees' : 'wrong' }
}

/** A judgement that spares no effort: both sides, all scales, measured rounding. `step` is where Richardson starts. */
export function settle(line: Line, step: number, claim: number, rules: Rules): Judgement {
  const finer = richardson(line, step)
  if (rules.method !== 'richardson' && holds(finer, claim)) return { ...finer, outcome: 'agrees' }
  const slopes = slopesOf(line, step, rules.levels)
  if (!slopes.both) return judgeKink(slopes, claim, rules)
  if (slopes.both.error === Infinity) return { ...slopes.both, outcome: 'unclear' }
  return { ...slopes.both, outcome: holds(slopes.both, claim) ? 'agrees' : 'wrong' }
}

function judgeKink({ left, right }: Slopes, claim: number, { atKink }: Rules): Judgement {
  if (atKink === 'any') return { ...left, outcome: 'kink' }
  if (atKink === 'between') {
    const low = Math.min(left.value - left.error, right.value - right.error)
    const high = Math.max(left.value + left.error, right.value + right.error)
    const nearest = Math.abs(claim - left.value) <= Math.abs(claim - right.value) ? left : right
    if (claim >= low && claim <= high) return { value: claim, error: nearest.error, outcome: 'kink' }
    return { ...nearest, outcome: 'wrong' }
  }
  const declared = atKink === 'left' ? left : right
  return { ...declared, outcome: holds(declared, claim) ? 'kink' : 'wrong' }
}
