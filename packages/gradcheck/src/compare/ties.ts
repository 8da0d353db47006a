import type { ScalarObjective } from '../subject/objective.ts'
import type { Variable } from '../subject/operation.ts'
import { entryName } from '../subject/values.ts'
import type { Finding } from '../types/report.ts'
import { compareDerivatives } from './compare-derivatives.ts'
import type { VariableComparison } from './compare-variables.ts'
import { Perturbations } from './perturbations.ts'
import type { ComparisonRules } from './rules.ts'

/**
 * Ties: equal entries, such as those of which a maximum is taken. Each may get any share of the gradient, but moved together
 * they leave the kink behind, so that the sum of their shares is known.
 */

/** An entry of a variable with its analytic gradient. */
interface Entry {
  readonly variable: Variable
  readonly i: number
  readonly gradient: number
  readonly isKink: boolean
}

/** Number of ties that are examined, those at kinks first. */
const MAX_TIES = 32
/** Smaller differences, in proportion to the gradients of the tie, are rounding. */
const MIN_RELATIVE_DIFFERENCE = 1e-6

/** Compares the sum of the gradients of equal entries with the slope along all of them. Kinks along a tie are accepted. */
export function checkTies(
  objective: ScalarObjective,
  compared: readonly VariableComparison[],
  rules: ComparisonRules,
): Finding[] {
  if (rules.tolerance || rules.atKink !== 'between') return []
  const ties = tiesOf(compared).sort((a, b) => kinksIn(b) - kinksIn(a))
  return ties.slice(0, MAX_TIES).flatMap((tie) => checkTie(objective, tie, rules))
}

const kinksIn = (tie: readonly Entry[]): number => tie.filter(({ isKink }) => isKink).length

/** Lists of two or more entries that are equal, right by themselves, of all variables. */
function tiesOf(compared: readonly VariableComparison[]): Entry[][] {
  const byValue = new Map<number, Entry[]>()
  for (const { variable, comparison, mode } of compared) {
    if (mode !== 'full') continue
    for (const [i, outcome] of comparison.outcome.entries()) {
      const value = variable.value.data[i]
      const entry = { variable, i, gradient: comparison.analytic[i], isKink: outcome === 'kink' }
      if (outcome === 'wrong' || outcome === 'unclear') continue
      const equal = byValue.get(value)
      if (equal) equal.push(entry)
      else byValue.set(value, [entry])
    }
  }
  return [...byValue.values()].filter((tie) => tie.length > 1)
}

function checkTie(objective: ScalarObjective, tie: readonly Entry[], rules: ComparisonRules): Finding[] {
  const sum = tie.reduce((total, { gradient }) => total + gradient, 0)
  const size = tie.reduce((total, { gradient }) => total + Math.abs(gradient), 0)
  const perturbations = new TiePerturbation(objective, tie)
  const { outcome, numerical } = compareDerivatives(perturbations, Float64Array.of(sum), {
    ...rules,
    atKink: 'any',
  })
  const difference = Math.abs(sum - numerical[0])
  if (outcome[0] !== 'wrong' || difference <= MIN_RELATIVE_DIFFERENCE * size) return []
  const names = tie.slice(0, 3).map(({ variable, i }) => entryName(variable.name, i, variable.value.shape))
  const others = tie.length > 3 ? ` and ${tie.length - 3} more` : ''
  const message =
    `${names.join(', ')}${others} are equal; moved together, the output changes by ${numerical[0]}, but their gradients add ` +
    `up to ${sum}: the shares of a tie must add up`
  return [{ name: 'wrong-along-tie', variable: tie[0].variable.name, message }]
}

/** Moves all entries of a tie together. */
class TiePerturbation extends Perturbations {
  readonly #tie: readonly Entry[]
  readonly #start: number

  constructor(objective: ScalarObjective, tie: readonly Entry[]) {
    super(objective, 1)
    this.#tie = tie
    this.#start = tie[0].variable.value.data[tie[0].i]
  }

  restore(): void {
    this.#moveTo(this.#start)
  }

  protected moveTo(): void {}

  protected apply(t: number): number {
    this.#moveTo(this.#start + t)
    const { variable, i } = this.#tie[0]
    return variable.value.data[i] - this.#start
  }

  #moveTo(value: number): void {
    for (const { variable, i } of this.#tie) variable.value.data[i] = value
  }

  magnitude(): number {
    return Math.abs(this.#start) || 1
  }

  smallestStep(): number {
    return Math.abs(this.#start) / 16 || Infinity
  }

  magnitudeForStep(): number {
    return Math.max(1, Math.abs(this.#start))
  }
}
