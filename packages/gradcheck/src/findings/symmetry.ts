import { createRng, type Rng } from '@gosa/linalg'
import { claimRounding } from '../compare/claim-rounding.ts'
import { restoring } from '../compare/restoring.ts'
import type { Rules } from '../compare/rules.ts'
import { typicalSize } from '../compare/typical-size.ts'
import { type Estimate, together } from '../numeric/estimate.ts'
import type { Line } from '../numeric/line.ts'
import { richardson } from '../numeric/richardson.ts'
import { type Slopes, slopesOf } from '../numeric/slopes.ts'
import { epsilonOf } from '../numeric/step.ts'
import type { Finding } from '../report/report.ts'
import type { Scalar } from '../subject/scalar.ts'

const STEP = 2 ** -6
const ROUNDINGS = 64
/** The part of itself by which a second derivative may be off without anything being said. */
const SLACK = 1e-5

/**
 * The second derivatives are symmetric, which holds for the gradient of anything: with the Hessian H, found by moving
 * along one random direction and taking the gradient along another,
 *
 *     vᵀ·(H·u) = uᵀ·(H·v)
 *
 * A gradient that is right at a point, but not around it, does not stand that. Where kinks are near, nothing is said.
 */
export function symmetry(scalar: Scalar, rules: Rules, seed: number): Finding[] {
  const { variables } = scalar.operation
  if (rules.tolerance || variables.some(({ value }) => value.dtype === 'float32')) return []
  const rng = createRng(seed)
  const [u, v] = [0, 1].map(() => variables.map(({ value }) => random(value.data, rng)))
  const [uThenV, vThenU] = [curvature(scalar, u, v), curvature(scalar, v, u)]
  if (isFine(uThenV.quick) && isFine(vThenU.quick) && together(uThenV.quick, vThenU.quick)) return []
  const [a, b] = [uThenV.thorough(rules.levels), vThenU.thorough(rules.levels)]
  if (!a.both || !b.both || a.kinked || b.kinked || !(a.both.error + b.both.error < Infinity)) return []
  const blur = (roundingAlong(scalar, u) + roundingAlong(scalar, v)) / STEP
  const slack = blur + SLACK * Math.max(Math.abs(a.both.value), Math.abs(b.both.value))
  if (Math.abs(a.both.value - b.both.value) <= a.both.error + b.both.error + slack) return []
  const message =
    `the second derivatives are not symmetric: moving along u, the gradient changes by ${a.both.value} along v; ` +
    `moving along v, by ${b.both.value} along u: so it is not the gradient of anything around this point`
  return [{ name: 'not-symmetric', message }]
}

/** The part of itself up to which an estimate may be off without more being tried. */
const FINE = 1e-3

const isFine = ({ value, error }: Estimate): boolean => error <= FINE * Math.abs(value)

type Direction = readonly Float64Array[]

/** By how much the claimed gradients' own rounding may change their sum along a direction. */
function roundingAlong(scalar: Scalar, direction: Direction): number {
  let total = ROUNDINGS * epsilonOf('float64') * scalar.magnitude
  for (const [i, rounding = []] of claimRounding(scalar).entries()) {
    for (let k = 0; k < rounding.length; k++) total += rounding[k] * Math.abs(direction[i][k])
  }
  return total
}

/** Normally distributed, in proportion to the numbers: signs alone would let one pair in two of exchanged entries pass. */
function random(numbers: ArrayLike<number>, rng: Rng): Float64Array {
  const size = typicalSize(numbers) || 1
  return Float64Array.from(numbers, () => size * rng.normal())
}

/** How the claimed gradient along `seen` changes where all variables move along `moved`. */
function curvature(
  scalar: Scalar,
  moved: Direction,
  seen: Direction,
): { quick: Estimate; thorough: (levels: number) => Slopes } {
  const values = scalar.operation.variables.map(({ value }) => value)
  const base = values.map(({ data }) => data.slice())
  const before = claimsOf(scalar)
  let [step, noise, latestNoise] = [0, 0, 0]
  const line: Line = {
    at(t) {
      for (const [i, { data }] of values.entries()) {
        for (let k = 0; k < data.length; k++) data[k] = base[i][k] + t * moved[i][k]
      }
      step = t
      let [total, size] = [0, 0]
      for (const [i, now] of claimsOf(scalar).entries()) {
        for (let k = 0; k < now.length; k++) {
          total += (now[k] - before[i][k]) * seen[i][k]
          size += Math.abs(now[k] * seen[i][k])
        }
      }
      latestNoise = ROUNDINGS * epsilonOf('float64') * size
      noise = Math.max(noise, latestNoise)
      return total
    },
    get moved() {
      return step
    },
    get noise() {
      return noise
    },
    get latestNoise() {
      return latestNoise
    },
  }
  return {
    quick: restoring(values, () => richardson(line, STEP)),
    thorough: (levels) => restoring(values, () => slopesOf(line, STEP, levels)),
  }
}

const claimsOf = (scalar: Scalar): Float64Array[] =>
  scalar.claims().map(({ numbers }) => numbers ?? new Float64Array())
