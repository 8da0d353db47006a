import type { Rng, Tensor } from '@gosa/linalg'
import { holds } from '../numeric/estimate.ts'
import { slopesOf } from '../numeric/slopes.ts'
import { stepFor } from '../numeric/step.ts'
import type { Variable } from '../subject/operation.ts'
import { Scalar } from '../subject/scalar.ts'
import { levelsFor } from './compare.ts'
import { EntryLines } from './entry-lines.ts'
import { restoring } from './restoring.ts'
import type { Rules } from './rules.ts'
import { typicalSize } from './typical-size.ts'

/** How many points are looked at: at least a few, and more as long as all slopes are the same. */
const FEWEST = 4
const POINTS = 16
const DISTANCE = 2 ** -16
/** By how much of itself a slope must change over such a distance, for it to be a jump and no curvature. */
const JUMP = 1e-2

/**
 * Whether entry `i` of a variable sits where several kinks meet, such as the inputs of many ReLUs that are all 0: there a
 * slope from either side need not be anything that the chain rule gives, although it is right. Recognised by what lies
 * next to the point, in all other entries: there the claimed gradient is the numerical one, and jumps from place to place.
 */
export function isTie(scalar: Scalar, variable: Variable, i: number, rules: Rules, rng: Rng): boolean {
  const { operation, dout } = scalar
  const values = operation.variables.map(({ value }) => value)
  const position = operation.variables.indexOf(variable)
  const slopes: number[] = []
  for (let point = 0; point < POINTS; point++) {
    const agrees = restoring(values, () => {
      // All but the entry itself: where its own kink is all there is, that stays.
      const own = variable.value.data[i]
      for (const { data } of values) jitter(data, rng)
      variable.value.data[i] = own
      // A network's x is none of its variables, but its samples may meet as well.
      const nearby = operation.takesDout ? operation : operation.elsewhere((x) => jittered(x, rng))
      return agreesAt(new Scalar(nearby, dout), position, i, rules, slopes)
    })
    if (!agrees) return false
    if (slopes.length >= FEWEST && jumps(slopes)) return true
  }
  return false
}

/** Whether the claim is right at the present point, which is smooth; keeps it. */
function agreesAt(scalar: Scalar, position: number, i: number, rules: Rules, slopes: number[]): boolean {
  const claims = scalar.claims()[position].numbers
  if (!claims) return false
  const lines = new EntryLines(scalar, scalar.operation.variables[position], [i])
  lines.aim(0)
  const step = stepFor('richardson', lines.size(0), lines.dtype)
  const { both } = slopesOf(lines, step, levelsFor(step, lines.finest(0), rules))
  lines.putBack()
  slopes.push(claims[i])
  return both !== undefined && both.error < Infinity && holds(both, claims[i])
}

function jittered(x: Tensor, rng: Rng): Tensor {
  const near = x.clone()
  jitter(near.data, rng)
  return near
}

function jumps(slopes: readonly number[]): boolean {
  const [low, high] = [Math.min(...slopes), Math.max(...slopes)]
  return high - low > JUMP * Math.max(Math.abs(low), Math.abs(high))
}

function jitter(data: Variable['value']['data'], rng: Rng): void {
  const distance = DISTANCE * (typicalSize(data) || 1)
  for (let i = 0; i < data.length; i++) data[i] += distance * rng.normal()
}
