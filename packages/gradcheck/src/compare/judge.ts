import { type Estimate, holds } from '../numeric/estimate.ts'
import type { Line } from '../numeric/line.ts'
import { richardson } from '../numeric/richardson.ts'
import { type Slopes, slopesOf } from '../numeric/slopes.ts'
import { slopeBy } from '../numerical-gradient.ts'
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
  const value = slopeBy(method)(line, step)
  return { value, error: line.noise / step }
}

/** PyTorch's rule: `|claim − value| ≤ atol + rtol·|value|`. */
export function judgeByTolerance({ value, error }: Estimate, claim: number, rules: Rules): Judgement {
  const { rtol, atol } = rules.tolerance as { rtol: number; atol: number }
  const agrees = Math.abs(claim - value) <= atol + rtol * Math.abs(value)
  return { value, error, outcome: agrees ? 'agrees' : 'wrong' }
}

/** The part of a slope up to which an error may go without more being tried. */
const FINE = 1e-6

/** How a line is looked at closely: from which step on, which is halved how often; and what cannot be seen of slopes. */
export interface Lens {
  readonly step: number
  readonly levels: number
  readonly blur: number
}

/**
 * Whether symmetric differences may decide: at a kink they give the mean of both sides, which does where anything between
 * them is right, but not where one side is declared.
 */
export const isBlindToSides = ({ atKink }: Rules): boolean => atKink === 'between' || atKink === 'any'

/** A judgement that spares no effort: both sides, all scales, measured rounding. */
export function settle(line: Line, claim: number, { step, levels, blur }: Lens, rules: Rules): Judgement {
  const finer = richardson(line, step)
  if (isBlindToSides(rules) && isNear(finer, claim, blur) && finer.error <= FINE * Math.abs(finer.value)) {
    return { ...finer, outcome: 'agrees' }
  }
  const slopes = slopesOf(line, step, levels)
  const judgement = slopes.both
    ? judgeSmooth(slopes, slopes.both, claim, blur)
    : judgeKink(slopes, claim, blur, rules)
  if (judgement.outcome !== 'wrong' || !slopes.closer.some((one) => isNear(one, claim, blur)))
    return judgement
  return { ...judgement, outcome: 'kink' }
}

function judgeSmooth({ kinked }: Slopes, both: Estimate, claim: number, blur: number): Judgement {
  if (both.error === Infinity) return { ...both, outcome: 'unclear' }
  if (!isNear(both, claim, blur)) return { ...both, outcome: 'wrong' }
  // So close to a kink that rounding leaves little room for a slope between the two.
  const cramped = kinked && both.error > CRAMPED * Math.abs(both.value)
  return { ...both, outcome: cramped ? 'kink' : 'agrees' }
}

const CRAMPED = 1e-4

const isNear = ({ value, error }: Estimate, claim: number, blur: number): boolean =>
  holds({ value, error: error + blur }, claim)

function judgeKink({ left, right }: Slopes, claim: number, blur: number, { atKink }: Rules): Judgement {
  if (atKink === 'any') return { ...left, outcome: 'kink' }
  const nearest = Math.abs(claim - left.value) <= Math.abs(claim - right.value) ? left : right
  if (atKink === 'between') {
    const low = Math.min(left.value - left.error, right.value - right.error) - blur
    const high = Math.max(left.value + left.error, right.value + right.error) + blur
    return { ...nearest, outcome: claim >= low && claim <= high ? 'kink' : 'wrong' }
  }
  const declared = atKink === 'left' ? left : right
  return { ...declared, outcome: isNear(declared, claim, blur) ? 'kink' : 'wrong' }
}
