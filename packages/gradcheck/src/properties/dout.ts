import { createRng } from '@gosa/linalg'
import { analyticRoundingErrors } from '../compare/analytic-rounding.ts'
import { compareDirections, compareEntries, stratifiedSample } from '../compare/compare-variables.ts'
import type { ComparisonRules } from '../compare/rules.ts'
import { maxAbs } from '../numeric/magnitude.ts'
import type { Variable } from '../subject/operation.ts'
import { elementsOf, entryName, valueLike } from '../subject/values.ts'
import type { Finding } from '../types/report.ts'
import { type CheckContext, firstDifference, gradientEpsilon, type PropertyCheck } from './property-check.ts'

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
    return Float64Array.from(bounds[0], (bound, k) => A * bound - B * bounds[1][k] + bounds[2][k])
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

/** Number of entries compared if a direction disagrees. */
const MAX_ENTRIES = 1000

/** The gradients of the given variables are right for the other random `dout`s too, along random directions. */
export function checkOtherDouts(
  { operation, objective: given, douts, options: { seed = 0 } }: CheckContext,
  variables: readonly Variable[],
  rules: ComparisonRules,
): Finding[] {
  if (!operation.takesDout || rules.tolerance) return []
  const found = new Map<string, Finding>()
  for (const dout of douts.slice(1)) {
    const objective = given.at({ dout })
    const gradients = objective.analyticGradients()
    for (const variable of variables) {
      const { values } = gradients[operation.variables.indexOf(variable)]
      if (!values) continue
      const directions = compareDirections(objective, variable, values, 2, rules, seed)
      if (!directions.outcome.includes('wrong')) continue
      const entries = stratifiedSample(values.length, MAX_ENTRIES, createRng(seed))
      const { outcome, analytic, numerical } = compareEntries(objective, variable, values, entries, rules, {
        seed,
      })
      const k = outcome.indexOf('wrong')
      if (k < 0) continue
      const { name, value } = variable
      const message =
        `the gradient of ${name} is right for one dout and wrong for another: at ${entryName(name, entries[k], value.shape)} ` +
        `it is ${analytic[k]}, numerically ${numerical[k]}`
      found.set(name, { name: 'wrong-for-another-dout', variable: name, message })
    }
  }
  return [...found.values()]
}
