import { otherThan } from '../subject/other-inputs.ts'
import { Scalar } from '../subject/scalar.ts'
import { halved, numbersOf } from '../subject/values.ts'
import { type Candidate, isAll } from './evidence.ts'
import { isRightFor } from './is-right-for.ts'

/** `A` is the same for every `dout`. */
export const doutIgnored: Candidate = ({ analytic, compared, scalar }) => {
  if (!scalar.operation.takesDout) return undefined
  const other = scalar.claims(halved(scalar.dout))[scalar.operation.variables.indexOf(compared.variable)]
    .numbers
  return other && analytic.every((a, k) => a === other[k])
    ? 'does not depend on dout: dout is not multiplied in'
    : undefined
}

/** `A = dout`. */
export const isDout: Candidate = ({ analytic, scalar }) => {
  const dout = numbersOf(scalar.dout)
  return dout.length === analytic.length && analytic.every((a, k) => a === dout[k])
    ? "is dout itself: the layer's own derivative is not multiplied in"
    : undefined
}

/** `A = dout·f′²` where `N = dout·f′`, entry by entry; or `dout/f′`. */
export const derivativeTwice: Candidate = (evidence) => {
  const { analytic, numerical, scalar } = evidence
  const dout = numbersOf(scalar.dout)
  if (dout.length !== analytic.length || analytic.length < 2) return undefined
  const is = (product: (k: number) => number): boolean =>
    isAll(evidence, product) && numerical.some((n) => n !== 0)
  if (is((k) => Math.sign(numerical[k]) * Math.sqrt(Math.abs(analytic[k] * dout[k])))) {
    return "has the layer's own derivative multiplied in twice"
  }
  return is((k) => dout[k] ** 2 / analytic[k])
    ? "is divided by the layer's own derivative, not multiplied"
    : undefined
}

/** `A = dout + y` where it should be `dout·y`: the slip in the first listing of the book's multiplication node. */
export const added: Candidate = ({ analytic, compared, all, scalar }) => {
  const dout = numbersOf(scalar.dout)
  for (const { variable } of all) {
    const { data } = variable.value
    if (variable === compared.variable || data.length !== analytic.length || dout.length !== analytic.length)
      continue
    if (analytic.every((a, k) => a === dout[k] + data[k]))
      return `is dout + ${variable.name}: is + written for ×?`
  }
  return undefined
}

/** `A` is the gradient at other inputs, which have passed through before. */
export const stale: Candidate = (evidence) => {
  const { operation, dout } = evidence.scalar
  const elsewhere = new Scalar(operation.elsewhere(otherThan), dout)
  return isRightFor(elsewhere, evidence)
    ? 'is that of an earlier forward pass, whose inputs are still kept'
    : undefined
}
