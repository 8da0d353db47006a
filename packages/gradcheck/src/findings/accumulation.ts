import { place } from '../report/index-of.ts'
import type { Finding } from '../report/report.ts'
import { type Claim, claimOf } from '../subject/claim.ts'
import type { Variable } from '../subject/operation.ts'
import { copyOf } from '../subject/values.ts'
import { firstDifference } from './close.ts'
import type { Context } from './context.ts'

/** Each `backward` replaces the gradients of the one before; or adds to those of the weights, where that is declared. */
export function accumulation({
  operation,
  douts: [dout],
  options: { accumulates = false },
}: Context): Finding[] {
  const pass = (): Claim[] => {
    operation.forward()
    return operation.backward(copyOf(dout)).map((given, i) => claimOf(given, operation.variables[i]))
  }
  if (accumulates) operation.clear()
  const [first, second, third] = [pass(), pass(), pass()]
  return operation.variables.flatMap((variable, i): Finding[] => {
    const [a, b, c] = [first, second, third].map((claims) => claims[i].numbers)
    if (!a || !b || !c) return []
    const adds = accumulates && variable.kind === 'parameter'
    const expected = adds ? a.map((one) => 2 * one) : a
    const k = firstDifference(b, expected, first[i].dtype ?? variable.value.dtype)
    if (k < 0) return []
    return [adds ? notAdded(variable, k, a, b) : notReplaced(variable, k, a, b, c)]
  })
}

function notReplaced(
  { name, value }: Variable,
  k: number,
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
): Finding {
  const at = place(name, k, value.shape)
  const values = `the same pass three times gives ${a[k]}, ${b[k]}, ${c[k]} at ${at}`
  const steady = firstDifference(
    c.map((one, i) => one - b[i]),
    b.map((one, i) => one - a[i]),
    value.dtype,
  )
  return steady < 0
    ? {
        name: 'accumulated',
        variable: name,
        message: `${values}: backward adds to the gradient of the one before`,
      }
    : { name: 'not-repeatable', variable: name, message: values }
}

function notAdded({ name, value }: Variable, k: number, a: Float64Array, b: Float64Array): Finding {
  const message = `accumulation is declared, but the same pass twice gives ${a[k]}, then ${b[k]} at ${place(name, k, value.shape)}`
  return { name: 'not-accumulated', variable: name, message }
}
