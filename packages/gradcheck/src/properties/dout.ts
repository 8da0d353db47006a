import { analyticRoundingErrors } from '../compare/analytic-rounding.ts'
import type { ComparisonRules } from '../compare/rules.ts'
import { maxAbs } from '../numeric/magnitude.ts'
import type { Variable } from '../subject/operation.ts'
import { elementsOf, entryName, valueLike } from '../subject/values.ts'
import type { Finding } from '../types/report.ts'
import { findWrongGradients } from './elsewhere.ts'
import {
  type CheckContext,
  firstDifference,
  gradientEpsilon,
  noiseOfGradient,
  type PropertyCheck,
} from './property-check.ts'

/** How gradients depend on `dout`: they are linear in it, zero for zero, and right for any. */

/** Coefficients of the linear combination. */
const [A, B] = [1.5, -0.75]

/** Gradients of a loss are differences of numbers around 1: below this, rounding explains any deviation. */
const MIN_LOSS_GRADIENT = 1e-5

/** `backward` is linear in `dout`, `B(a·r + b·s) = a·B(r) + b·B(s)`, depends on it, and is 0 for a `dout` of zeros. */
export const checkLinearity: PropertyCheck = ({ operation, objective, douts: [r, s] }) => {
  if (!operation.takesDout) return []
  const [ofR, ofS] = [objective.analyticGradients(r), objective.analyticGradients(s)]
  const mixed = valueLike(r, (k) => A * elementsOf(r)[k] + B * elementsOf(s)[k])
  const ofMixed = objective.analyticGradients(mixed)
  const smallest = typeof r === 'number' ? MIN_LOSS_GRADIENT : 0
  const roundingOfMixture = (i: number): ArrayLike<number> => {
    const bounds = [r, s, mixed].map((dout) => analyticRoundingErrors(objective, dout)[i] ?? [])
    const noise = noiseOfGradient(objective, operation.variables[i])
    return Float64Array.from(bounds[0], (bound, k) => A * bound - B * bounds[1][k] + bounds[2][k] + noise)
  }
  const ofZero = objective.analyticGradients(valueLike(r, () => 0))
  return operation.variables.flatMap(({ name: variable, value }, i): Finding[] => {
    const [g, h, both, zero] = [ofR, ofS, ofMixed, ofZero].map((gradients) => gradients[i].values)
    if (!g || !h || !both || !zero) return []
    const findings: Finding[] = []
    const sum = g.map((_, k) => A * g[k] + B * h[k])
    const epsilon = gradientEpsilon(objective, ofR[i].dtype)
    const magnitude = A * maxAbs(g) - B * maxAbs(h) + smallest
    let k = firstDifference(both, sum, epsilon, magnitude)
    // Where large numbers cancel, rounding leaves more than a part of the result.
    if (k >= 0) k = firstDifference(both, sum, epsilon, magnitude, roundingOfMixture(i))
    if (g.every((_, k) => g[k] === h[k]) && g.some((one) => one !== 0)) {
      const message = `the gradient of ${variable} is the same for every dout, so it is not multiplied by dout`
      findings.push({ name: 'dout-ignored', variable, message })
    } else if (k >= 0) {
      const message =
        `backward is not linear in dout: for ${A}·r − ${-B}·s it gives ${both[k]} at ` +
        `${entryName(variable, k, value.shape)}, but ${A}·backward(r) − ${-B}·backward(s) is ${sum[k]}`
      findings.push({ name: 'not-linear', variable, message })
    }
    const z = zero.findIndex((one) => one !== 0)
    if (z >= 0) {
      const message = `a dout of zeros gives ${zero[z]} at ${entryName(variable, z, value.shape)}, not 0`
      findings.push({ name: 'zero-dout', variable, message })
    }
    return findings
  })
}

/** The gradients of the given variables are right for the other random `dout`s too, along random directions. */
export function checkOtherDouts(
  { operation, objective, douts, options: { seed = 0 } }: CheckContext,
  variables: readonly Variable[],
  rules: ComparisonRules,
): Finding[] {
  if (!operation.takesDout || rules.tolerance) return []
  const positions = variables.map((variable) => operation.variables.indexOf(variable))
  const found = new Map<string, Finding>()
  for (const dout of douts.slice(1)) {
    for (const { name, where } of findWrongGradients(objective.at({ dout }), positions, rules, seed)) {
      const message = `the gradient of ${name} is right for one dout and wrong for another: ${where}`
      found.set(name, { name: 'wrong-for-another-dout', variable: name, message })
    }
  }
  return [...found.values()]
}
