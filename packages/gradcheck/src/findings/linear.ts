import { place } from '../report/index-of.ts'
import type { Finding } from '../report/report.ts'
import { numbersOf, valueLike } from '../subject/values.ts'
import { firstDifference, largestOf } from './close.ts'
import type { Context } from './context.ts'

const [A, B] = [1.5, -0.75]
const LEAST = 1e-5

/** `backward` is linear in `dout`, `B(a·r + b·s) = a·B(r) + b·B(s)`, and of no `dout` at all it is 0. */
export function linear({ operation, scalar, douts: [r, s] }: Context): Finding[] {
  if (!operation.takesDout) return []
  const [ofR, ofS] = [scalar.claims(r), scalar.claims(s)]
  const mixed = valueLike(r, (k) => A * numbersOf(r)[k] + B * numbersOf(s)[k])
  const ofMixed = scalar.claims(mixed)
  // The gradient of a loss may be a difference of numbers around 1, and next to nothing itself.
  const ofNumber = typeof r === 'number' ? 1 : 0
  const ofZero = scalar.claims(valueLike(r, () => 0))
  return operation.variables.flatMap(({ name: variable, value }, i): Finding[] => {
    const [g, h, both, zero] = [ofR, ofS, ofMixed, ofZero].map((claims) => claims[i].numbers)
    if (!g || !h || !both || !zero) return []
    const findings: Finding[] = []
    const sum = g.map((_, k) => A * g[k] + B * h[k])
    const k = firstDifference(
      both,
      sum,
      ofR[i].dtype ?? value.dtype,
      A * largestOf(g) - B * largestOf(h) + LEAST * ofNumber,
    )
    if (g.every((_, k) => g[k] === h[k]) && g.some((one) => one !== 0)) {
      const message = `the gradient of ${variable} is the same for every dout, so dout is not multiplied in`
      findings.push({ name: 'dout-ignored', variable, message })
    } else if (k >= 0) {
      const message =
        `backward is not linear in dout: of ${A}·r − ${-B}·s, ${place(variable, k, value.shape)} gets ${both[k]}, ` +
        `but with those of r and s that makes ${sum[k]}`
      findings.push({ name: 'not-linear', variable, message })
    }
    const z = zero.findIndex((one) => one !== 0)
    if (z >= 0) {
      const message = `a dout of zeros gives ${zero[z]} at ${place(variable, z, value.shape)}, where 0 is right`
      findings.push({ name: 'zero-dout', variable, message })
    }
    return findings
  })
}
