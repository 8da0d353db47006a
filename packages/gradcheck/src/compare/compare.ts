import { holds } from '../numeric/estimate.ts'
import { epsilonOf, stepFor } from '../numeric/step.ts'
import { estimate, isBlindToSides, type Judgement, judgeByTolerance, type Outcome, settle } from './judge.ts'
import type { Lines } from './lines.ts'
import type { Rules } from './rules.ts'
import { unresolved } from './unresolved.ts'

/** Claimed and numerical slopes along lines. */
export interface Comparison {
  readonly analytic: Float64Array
  readonly numerical: Float64Array
  readonly error: Float64Array
  readonly outcome: Outcome[]
}

/** How many wrong entries of a variable are looked into with all means; of more, the plain difference is believed. */
const SETTLED = 24

/** Judges by the rules what is claimed of each line, and leaves all as it was. */
export function compare(
  lines: Lines,
  analytic: Float64Array,
  rules: Rules,
  onEach: () => void = () => {},
): Comparison {
  const numerical = new Float64Array(lines.count)
  const error = new Float64Array(lines.count)
  const outcome = new Array<Outcome>(lines.count).fill('agrees')
  const comparison = { analytic, numerical, error, outcome }
  const settled = new Set<number>()
  let wrong = 0

  const record = (k: number, judgement: Judgement): void => {
    numerical[k] = judgement.value
    error[k] = judgement.error
    outcome[k] = judgement.outcome
  }
  const settleAt = (k: number): void => {
    lines.aim(k)
    const step = stepFor('richardson', lines.size(k), lines.dtype)
    const levels = levelsFor(step, lines.finest(k), rules)
    record(k, settle(lines, analytic[k], { step, levels, blur: blurOf(lines, step) }, rules))
    settled.add(k)
    if (outcome[k] === 'wrong') wrong++
  }

  try {
    for (let k = 0; k < lines.count; k++) {
      lines.aim(k)
      const first = estimate(lines, stepOf(lines, k, rules), rules)
      if (rules.tolerance) record(k, judgeByTolerance(first, analytic[k], rules))
      else {
        const agrees = holds(first, analytic[k])
        if (!(agrees && isBlindToSides(rules)) && wrong < SETTLED) settleAt(k)
        else record(k, { ...first, outcome: agrees ? 'agrees' : 'wrong' })
      }
      onEach()
    }
    if (rules.tolerance) return comparison
    for (const k of unresolved(comparison, lines)) if (!settled.has(k)) settleAt(k)
    for (const k of unresolved(comparison, lines)) outcome[k] = 'unclear'
    return comparison
  } finally {
    lines.putBack()
  }
}

/** How many roundings of all that L is made of stay unseen. */
const ROUNDINGS = 16

/** Slopes below this are not told from 0. */
const NOTHING = 2 ** -100

/** What rounding may hide of a slope altogether, since an output that does not move a bit moves by up to its rounding. */
const blurOf = ({ scalar, dtype }: Lines, step: number): number =>
  (ROUNDINGS * epsilonOf(dtype) * scalar.magnitude) / step + NOTHING

/** How often the step is halved, until it is as fine as may be needed, but not without end. */
export const levelsFor = (step: number, finest: number, { levels }: Rules): number =>
  Math.min(2 * levels, Math.max(levels, Math.ceil(Math.log2(step / finest)) || 0))

function stepOf(lines: Lines, k: number, { method, h }: Rules): number {
  return h ?? stepFor(method, method === 'richardson' ? lines.size(k) : lines.ownSize(k), lines.dtype)
}
