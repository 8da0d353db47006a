import { Tensor } from '@gosa/linalg'
import type { Compared } from '../compare/compare-all.ts'
import type { Value } from '../subject/types.ts'
import { type Candidate, type Evidence, isAll } from './evidence.ts'

/** `A ≈ N`, but not as closely as it could be. */
export const coarse: Candidate = (evidence) =>
  isAll(evidence, (k) => evidence.analytic[k])
    ? 'is right to six digits only: is something computed in single precision, or with an epsilon added?'
    : undefined

/** `A = 0`. */
export const zero: Candidate = ({ analytic }) =>
  analytic.every((a) => a === 0) ? 'is 0 throughout: never computed, or not the one that is given' : undefined

/** `A = c·N`, c being −1, ½, 2, or the number of samples or outputs. */
export const knownFactor: Candidate = (evidence) => {
  const c = factorOf(evidence)
  if (c === undefined) return undefined
  if (isNear(c, -1)) return 'has the wrong sign'
  const name = nameOf(Math.abs(c), evidence)
  return name && `is ${name}${c < 0 ? ', with the wrong sign' : ''}`
}

/** `A = c·N`, c being anything; of a single number that says nothing. */
export const anyFactor: Candidate = (evidence) => {
  const c = evidence.analytic.length > 1 ? factorOf(evidence) : undefined
  return c === undefined || isNear(c, 1)
    ? undefined
    : `is ${Number(c.toPrecision(6))} times what it should be`
}

function factorOf(evidence: Evidence): number | undefined {
  const { analytic, numerical } = evidence
  const square = numerical.reduce((sum, n) => sum + n * n, 0)
  const c = numerical.reduce((sum, n, k) => sum + n * analytic[k], 0) / square
  return Number.isFinite(c) && c !== 0 && isAll(evidence, (k) => analytic[k] / c) ? c : undefined
}

function nameOf(c: number, { scalar: { dout, operation }, all }: Evidence): string | undefined {
  for (const [n, what] of sizesOf(dout, all, operation.constants)) {
    if (isNear(c, n)) return `${n} times too large, and ${n} is the number of ${what}: is a 1/N missing?`
    if (isNear(c, 1 / n))
      return `${n} times too small, and ${n} is the number of ${what}: is it divided twice?`
  }
  if (isNear(c, 2)) return 'twice too large'
  return isNear(c, 0.5) ? 'half of what it should be' : undefined
}

/** The numbers that code divides by. */
function sizesOf(dout: Value, all: readonly Compared[], constants: readonly unknown[]): [number, string][] {
  const shape = dout instanceof Tensor ? dout.shape : []
  const input = inputOf(all, constants)?.shape ?? []
  const sizes: [number, string][] = [
    [input[0] ?? shape[0], 'samples'],
    [shape[shape.length - 1], 'outputs of a sample'],
    [input[input.length - 1], 'inputs of a sample'],
    [input.reduce((product, length) => product * length, 1), 'inputs'],
  ]
  return sizes.filter(([n]) => n > 2)
}

/** The first input; of a network, which has none as a variable, its x. */
function inputOf(all: readonly Compared[], constants: readonly unknown[]): Tensor | undefined {
  const input = all.find(({ variable }) => variable.kind === 'input')?.variable.value
  return input ?? constants.find((one): one is Tensor => one instanceof Tensor)
}

/** `A = N + c`. */
export const offset: Candidate = (evidence) => {
  const { analytic, numerical } = evidence
  if (analytic.length < 3) return undefined
  const c = analytic.reduce((sum, a, k) => sum + a - numerical[k], 0) / analytic.length
  if (!isAll(evidence, (k) => analytic[k] - c)) return undefined
  return `is off by ${Number(c.toPrecision(6))} everywhere: something is added`
}

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-5 * Math.abs(b)
