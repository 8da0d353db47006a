import { compareDirections } from '../compare/check-variable.ts'
import type { Rules } from '../compare/rules.ts'
import type { Finding } from '../report/report.ts'
import type { Variable } from '../subject/operation.ts'
import { Scalar } from '../subject/scalar.ts'
import type { Context } from './context.ts'

/** The gradients are right for other random `dout`s as well: of the variables given, along random directions. */
export function otherDouts(
  { operation, douts, options: { accumulates, seed = 0 } }: Context,
  variables: readonly Variable[],
  rules: Rules,
): Finding[] {
  if (!operation.takesDout || rules.tolerance) return []
  const found = new Map<string, Finding>()
  for (const dout of douts.slice(1)) {
    const scalar = new Scalar(operation, dout, { accumulates })
    const claims = scalar.claims()
    for (const variable of variables) {
      const { numbers } = claims[operation.variables.indexOf(variable)]
      if (!numbers) continue
      const { outcome, analytic, numerical } = compareDirections(scalar, variable, numbers, 2, rules, seed)
      const k = outcome.indexOf('wrong')
      if (k < 0) continue
      const { name } = variable
      const message =
        `right for one dout, the gradient of ${name} is wrong for another: along a random direction the slope is ` +
        `${numerical[k]}, the gradient gives ${analytic[k]}`
      found.set(name, { name: 'wrong-for-another-dout', variable: name, message })
    }
  }
  return [...found.values()]
}
