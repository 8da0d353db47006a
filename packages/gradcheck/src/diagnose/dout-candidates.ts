import { Tensor } from '@gosa/linalg'
import { maxAbs } from '../numeric/magnitude.ts'
import { halfOf, otherInput } from '../subject/test-values.ts'
import { elementsOf } from '../subject/values.ts'
import { type Candidate, isRightFor, matchesEverywhere } from './evidence.ts'

/**
 * Causes that show in comparison with `dout`, with another variable, or with the gradient for another `dout` or at other
 * inputs.
 */

/** A is the same for every `dout`. */
export const doutIgnored: Candidate = ({ analytic, compared, objective }) => {
  if (!objective.operation.takesDout) return undefined
  const i = objective.operation.variables.indexOf(compared.variable)
  const other = objective.analyticGradients(halfOf(objective.dout))[i].values
  return other && analytic.every((a, k) => a === other[k])
    ? 'does not depend on dout: it is not multiplied by dout'
    : undefined
}

/** A = dout. */
export const equalsDout: Candidate = ({ analytic, objective }) => {
  const dout = elementsOf(objective.dout)
  return dout.length === analytic.length && analytic.every((a, k) => a === dout[k])
    ? "is dout itself: it is not multiplied by the layer's own derivative"
    : undefined
}

/** A = dout·f′² where N = dout·f′, entry by entry; or dout/f′. */
export const localDerivativeTwice: Candidate = (evidence) => {
  const { analytic, numerical, objective } = evidence
  const dout = elementsOf(objective.dout)
  if (dout.length !== analytic.length || analytic.length < 2) return undefined
  const explains = (product: (k: number) => number): boolean =>
    matchesEverywhere(evidence, product) && numerical.some((n) => n !== 0)
  if (explains((k) => Math.sign(numerical[k]) * Math.sqrt(Math.abs(analytic[k] * dout[k])))) {
    return 'is multiplied by the local derivative twice'
  }
  return explains((k) => dout[k] ** 2 / analytic[k])
    ? "is divided by the layer's own derivative, not multiplied"
    : undefined
}

/** A = dout + y where it should be dout·y: the mistake in the first listing of the book's multiplication node. */
export const sumForProduct: Candidate = ({ analytic, compared, all, objective }) => {
  const dout = elementsOf(objective.dout)
  for (const { variable } of all) {
    const { data } = variable.value
    if (variable === compared.variable) continue
    if (data.length !== analytic.length || dout.length !== analytic.length) continue
    if (analytic.every((a, k) => a === dout[k] + data[k])) {
      return `is dout + ${variable.name}: is + written for ×?`
    }
  }
  return undefined
}

/** A is the gradient of another variable of the same size. */
export const otherVariable: Candidate = ({ analytic, compared, all }) => {
  for (const { variable, comparison, mode } of all) {
    if (variable === compared.variable || mode !== compared.mode) continue
    const other = comparison.numerical
    if (other.length !== analytic.length || !other.some((n) => n !== 0)) continue
    const tolerance = 1e-6 * maxAbs(other)
    if (analytic.every((a, k) => Math.abs(a - other[k]) <= tolerance)) return `is that of ${variable.name}`
  }
  return undefined
}

/** The A of a bias is `dout` summed over the last axis, where it should be the first; or one row of it, not summed at all. */
export const wrongSumOfDout: Candidate = ({ analytic, shape, objective: { dout } }) => {
  if (shape.length !== 1 || !(dout instanceof Tensor) || dout.rank !== 2) return undefined
  const [N, M] = dout.shape
  const isClose = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * (1 + Math.abs(b))
  const row = (n: number): ArrayLike<number> => dout.data.subarray(n * M, (n + 1) * M)
  if (N === analytic.length) {
    const sums = Array.from({ length: N }, (_, n) => Array.from(row(n)).reduce((sum, one) => sum + one, 0))
    if (sums.every((sum, n) => isClose(analytic[n], sum))) return 'is dout summed over the wrong axis'
  }
  if (M !== analytic.length || N < 2) return undefined
  for (const n of [0, N - 1]) {
    if (analytic.every((a, m) => isClose(a, row(n)[m]))) {
      return `is that of sample ${n} alone: the sum over samples is missing`
    }
  }
  return undefined
}

/** A is the gradient at the inputs of an earlier pass. */
export const earlierInputs: Candidate = (evidence) => {
  const { operation } = evidence.objective
  return isRightFor(evidence.objective.at({ operation: operation.withInputs(otherInput) }), evidence)
    ? 'is that of an earlier forward pass, whose inputs are still stored'
    : undefined
}

/** A is right for a `dout` without the first or the last sample. */
export const missingSample: Candidate = (evidence) => {
  const { dout } = evidence.objective
  if (!(dout instanceof Tensor) || dout.rank < 2 || dout.shape[0] < 2) return undefined
  const N = dout.shape[0]
  for (const n of [N - 1, 0]) {
    const without = dout.clone()
    without.rows(n, n + 1).data.fill(0)
    if (isRightFor(evidence.objective.at({ dout: without }), evidence))
      return `leaves out sample ${n} of ${N}`
  }
  return undefined
}
