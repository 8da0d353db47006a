import { type NumberOrTensor, Tensor } from '@gosa/linalg'
import type { VariableComparison } from '../compare/compare-variables.ts'
import { relativeError } from '../numeric/magnitude.ts'
import { type Candidate, type Evidence, matchesEverywhere } from './evidence.ts'

/**
 * Causes that the values of the two gradients show by themselves: factors, constants, signs, masks, transposed or shifted
 * entries.
 */

/** A is NaN or infinite somewhere. */
export const notFinite: Candidate = ({ analytic, wrong }) => {
  const count = wrong.filter((k) => !Number.isFinite(analytic[k])).length
  return count > 0 ? `is not finite at ${entries(count)}` : undefined
}

/** The largest difference, in proportion to the larger number, at which two numbers agree to a few digits. */
const MAX_LOW_PRECISION_ERROR = 1e-4

/** A ≈ N, but not to full precision. */
export const lowPrecision: Candidate = ({ analytic, numerical, wrong }) =>
  wrong.every((k) => relativeError(analytic[k], numerical[k]) <= MAX_LOW_PRECISION_ERROR)
    ? 'is right to a few digits only: is something computed in single precision, until a tolerance is met, or with an epsilon added?'
    : undefined

/** A = 0. */
export const zero: Candidate = ({ analytic }) =>
  analytic.every((a) => a === 0)
    ? 'is 0 everywhere: is it never computed, or is another one returned?'
    : undefined

/** A = c·N, where c is −1, ½, 2, or the number of samples or outputs. */
export const knownFactor: Candidate = (evidence) => {
  const c = factorOf(evidence)
  if (c === undefined) return undefined
  if (isNear(c, -1)) return 'has the wrong sign'
  const meaning = meaningOfFactor(Math.abs(c), evidence)
  return meaning && `is ${meaning}${c < 0 ? ', with the wrong sign' : ''}`
}

/** A = c·N for any c; of a single number that says nothing. */
export const anyFactor: Candidate = (evidence) => {
  const c = evidence.analytic.length > 1 ? factorOf(evidence) : undefined
  return c === undefined || isNear(c, 1)
    ? undefined
    : `is ${Number(c.toPrecision(6))} times what it should be`
}

/** The c of A = c·N by least squares, if it explains all entries. */
function factorOf(evidence: Evidence): number | undefined {
  const { analytic, numerical } = evidence
  const square = numerical.reduce((sum, n) => sum + n * n, 0)
  const c = numerical.reduce((sum, n, k) => sum + n * analytic[k], 0) / square
  const explains = () => matchesEverywhere(evidence, (k) => analytic[k] / c)
  return Number.isFinite(c) && c !== 0 && explains() ? c : undefined
}

function meaningOfFactor(c: number, { objective: { dout, operation }, all }: Evidence): string | undefined {
  for (const [n, what] of countsThatCodeDividesBy(dout, all, operation.constants)) {
    if (isNear(c, n)) return `${n} times too large, and ${n} is the number of ${what}: is a 1/N missing?`
    if (isNear(c, 1 / n)) {
      return `${n} times too small, and ${n} is the number of ${what}: is it divided twice?`
    }
  }
  if (isNear(c, 2)) return 'twice too large'
  return isNear(c, 0.5) ? 'half of what it should be' : undefined
}

function countsThatCodeDividesBy(
  dout: NumberOrTensor,
  all: readonly VariableComparison[],
  constants: readonly unknown[],
): [number, string][] {
  const shape = dout instanceof Tensor ? dout.shape : []
  const input = firstInput(all, constants)?.shape ?? []
  const counts: [number, string][] = [
    [input[0] ?? shape[0], 'samples'],
    [shape[shape.length - 1], 'outputs of a sample'],
    [input[input.length - 1], 'inputs of a sample'],
    [input.reduce((product, length) => product * length, 1), 'inputs'],
  ]
  return counts.filter(([n]) => n > 2)
}

/** The first input; the x of a network is not among its variables, but among the constants. */
function firstInput(all: readonly VariableComparison[], constants: readonly unknown[]): Tensor | undefined {
  const input = all.find(({ variable }) => variable.kind === 'input')?.variable.value
  return input ?? constants.find((one): one is Tensor => one instanceof Tensor)
}

/** A = N + c. */
export const constantAdded: Candidate = (evidence) => {
  const { analytic, numerical } = evidence
  if (analytic.length < 3) return undefined
  const c = analytic.reduce((sum, a, k) => sum + a - numerical[k], 0) / analytic.length
  if (!matchesEverywhere(evidence, (k) => analytic[k] - c)) return undefined
  return `is off by ${Number(c.toPrecision(6))} everywhere: is a constant added?`
}

/** |A| = |N|. */
export const wrongSigns: Candidate = ({ analytic, wrong, matches }) =>
  wrong.every((k) => matches(-analytic[k], k)) ? `has the wrong sign at ${entries(wrong.length)}` : undefined

/** Entries that should be 0 are not, or the reverse, or both; all others are right. */
export const wrongMask: Candidate = ({ analytic, numerical, wrong, matches }) => {
  const shouldBeZero = (k: number): boolean => matches(0, k)
  const someRight = numerical.some((_, k) => !shouldBeZero(k) && !wrong.includes(k))
  if (someRight && wrong.every(shouldBeZero)) {
    return `is not 0 at ${entries(wrong.length)} where it should be: is a mask missing?`
  }
  if (someRight && wrong.every((k) => analytic[k] === 0)) {
    return `is 0 at ${entries(wrong.length)} where it should not be: left out, or masked too much?`
  }
  if (!wrong.every((k) => shouldBeZero(k) !== (analytic[k] === 0))) return undefined
  const zeros = wrong.filter((k) => analytic[k] === 0).length
  const others = wrong.length - zeros
  if (zeros === 0 || others === 0) return undefined
  return wrong.length === numerical.length
    ? 'is 0 exactly where it should not be: the mask is inverted'
    : `is 0 at ${entries(zeros)} where it should not be, and not at ${others} where it should be: is it the wrong mask?`
}

/** A few entries are wrong, less than half of them, perhaps by the same factor. */
export const fewEntries: Candidate = ({ analytic, numerical, wrong }) => {
  const n = numerical.length
  if (2 * wrong.length >= n || wrong.length > Math.max(3, n / 20)) return undefined
  const ratios = wrong.map((k) => analytic[k] / numerical[k])
  const same = ratios.every((ratio) => Math.abs(ratio - ratios[0]) <= 1e-5 * Math.abs(ratios[0]))
  const by =
    same && Number.isFinite(ratios[0])
      ? `, ${Number(ratios[0].toPrecision(6))} times what it should be there`
      : ''
  return `is right except for ${entries(wrong.length)} of ${n}${by}`
}

/** A = Nᵀ for a matrix; of a square one the shapes do not tell. */
export const transposed: Candidate = (evidence) => {
  const { analytic, shape } = evidence
  if (shape.length !== 2) return undefined
  const [rows, columns] = shape
  const at = (k: number): number => analytic[(k % columns) * rows + Math.floor(k / columns)]
  return matchesEverywhere(evidence, at) ? 'is transposed' : undefined
}

/** A is N shifted by one along an axis. */
export const shifted: Candidate = (evidence) => {
  const { shape } = evidence
  for (let axis = 0; axis < shape.length; axis++) {
    for (const by of [1, -1]) {
      if (shape[axis] > 1 && isShifted(evidence, axis, by)) return `is off by one along axis ${axis}`
    }
  }
  return undefined
}

/** Whether `A[…, i + by, …] = N[…, i, …]` wherever both exist; what is shifted out may come in at the other end, or not. */
function isShifted({ analytic, shape, matches, numerical }: Evidence, axis: number, by: number): boolean {
  const stride = shape.slice(axis + 1).reduce((product, length) => product * length, 1)
  let nonzero = 0
  for (let k = 0; k < numerical.length; k++) {
    const i = Math.floor(k / stride) % shape[axis]
    if (i + by < 0 || i + by >= shape[axis]) continue
    if (!matches(analytic[k + by * stride], k)) return false
    if (numerical[k] !== 0) nonzero++
  }
  return nonzero > 0
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.abs(b)

const entries = (count: number): string => (count === 1 ? '1 entry' : `${count} entries`)
