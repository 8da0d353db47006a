import { createRng } from '@gosa/linalg'
import { compareDirections, compareEntries, stratifiedSample } from '../compare/compare-variables.ts'
import type { ComparisonRules } from '../compare/rules.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import { entryName } from '../subject/values.ts'

/** Gradients for another `dout` or at other inputs, compared along random directions, and by entries in doubt. */

/** Number of directions for each variable. */
const DIRECTIONS = 2
/** Number of entries compared if a direction disagrees. */
const MAX_ENTRIES = 1000

/** The variables, given by their positions, whose gradients are wrong for an objective, with an entry and both values. */
export function findWrongGradients(
  objective: ScalarObjective,
  positions: readonly number[],
  rules: ComparisonRules,
  seed: number,
): { readonly name: string; readonly where: string }[] {
  const { variables } = objective.operation
  const gradients = objective.analyticGradients()
  return positions.flatMap((position) => {
    const { values } = gradients[position]
    if (!values) return []
    const variable = variables[position]
    const directions = compareDirections(objective, variable, values, DIRECTIONS, rules, seed)
    if (!directions.outcome.includes('wrong')) return []
    const entries = stratifiedSample(values.length, MAX_ENTRIES, createRng(seed))
    const comparison = compareEntries(objective, variable, values, entries, rules, { seed })
    const k = comparison.outcome.indexOf('wrong')
    if (k < 0) return []
    const { name, value } = variable
    const where =
      `at ${entryName(name, entries[k], value.shape)} it is ${comparison.analytic[k]}, ` +
      `numerically ${comparison.numerical[k]}`
    return [{ name, where }]
  })
}
