import { createRng } from '@gosa/linalg'
import { compareDirections, compareEntries } from '../compare/check-variable.ts'
import type { Rules } from '../compare/rules.ts'
import { stratified } from '../compare/samples.ts'
import { place } from '../report/index-of.ts'
import type { Finding } from '../report/report.ts'
import type { Variable } from '../subject/operation.ts'
import { Scalar } from '../subject/scalar.ts'
import type { Context } from './context.ts'

/** How many entries are looked at where a direction disagrees. */
const ENTRIES = 1000

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
      const along = compareDirections(scalar, variable, numbers, 2, rules, seed)
      if (!along.outcome.includes('wrong')) continue
      const entries = stratified(numbers.length, ENTRIES, createRng(seed))
      const { outcome, analytic, numerical } = compareEntries(scalar, variable, numbers, entries, rules, {
        seed,
      })
      const k = outcome.indexOf('wrong')
      if (k < 0) continue
      const { name, value } = variable
      const message =
        `right for one dout, the gradient of ${name} is wrong for another: at ${place(name, entries[k], value.shape)} it is ` +
        `${analytic[k]}, numerically ${numerical[k]}`
      found.set(name, { name: 'wrong-for-another-dout', variable: name, message })
    }
  }
  return [...found.values()]
}
