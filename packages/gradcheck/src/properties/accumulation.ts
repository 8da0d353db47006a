import type { AnalyticGradient, Variable } from '../subject/operation.ts'
import { runBackward } from '../subject/operation.ts'
import { entryName } from '../subject/values.ts'
import type { Finding } from '../types/report.ts'
import { firstDifference, gradientEpsilon, type PropertyCheck } from './property-check.ts'

/**
 * Each `backward` replaces the gradients of the previous one; with the option `accumulates` it adds to those of the
 * weights instead.
 */
export const checkAccumulation: PropertyCheck = ({
  operation,
  objective,
  douts: [dout],
  options: { accumulates = false },
}) => {
  const pass = (): AnalyticGradient[] => {
    operation.forward()
    return runBackward(operation, dout)
  }
  if (accumulates) operation.zeroGradients()
  const [first, second, third] = [pass(), pass(), pass()]
  return operation.variables.flatMap((variable, i): Finding[] => {
    const [a, b, c] = [first, second, third].map((gradients) => gradients[i].values)
    if (!a || !b || !c) return []
    const shouldAdd = accumulates && variable.kind === 'parameter'
    const expected = shouldAdd ? a.map((g) => 2 * g) : a
    const epsilon = gradientEpsilon(objective, first[i].dtype)
    const k = firstDifference(b, expected, epsilon)
    if (k < 0) return []
    return [shouldAdd ? notAccumulated(variable, k, a, b) : notReplaced(variable, k, [a, b, c], epsilon)]
  })
}

function notAccumulated({ name, value }: Variable, k: number, a: Float64Array, b: Float64Array): Finding {
  const message =
    `accumulates is set, but the same pass twice gives ${a[k]}, then ${b[k]} at ${entryName(name, k, value.shape)}, ` +
    'not twice as much'
  return { name: 'not-accumulated', variable: name, message }
}

/** The gradients grow by the same amount each time, or vary without rule. */
function notReplaced(
  { name, value }: Variable,
  k: number,
  [a, b, c]: readonly Float64Array[],
  epsilon: number,
): Finding {
  const values = `the same pass three times gives ${a[k]}, ${b[k]}, ${c[k]} at ${entryName(name, k, value.shape)}`
  const irregular = firstDifference(
    c.map((one, i) => one - b[i]),
    b.map((one, i) => one - a[i]),
    epsilon,
  )
  return irregular < 0
    ? {
        name: 'accumulated',
        variable: name,
        message: `${values}: backward adds to the previous gradient and should replace it; if it is meant to add, pass accumulates: true`,
      }
    : { name: 'not-repeatable', variable: name, message: values }
}
