import { createRng, type Rng, type Tensor } from '@gosa/linalg'
import type { ComparisonRules } from '../compare/rules.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import { type AnalyticGradient, type Operation, runBackward, type Variable } from '../subject/operation.ts'
import { copyOf, elementsOf, entryName } from '../subject/values.ts'
import type { Finding } from '../types/report.ts'
import { findWrongGradients } from './elsewhere.ts'
import { type CheckContext, firstDifference, gradientEpsilon, type PropertyCheck } from './property-check.ts'

/**
 * Outputs and gradients depend on the present inputs and weights alone: not on how often, in which order or at which other
 * inputs the code ran before. What was used before the check may hold inputs of its first pass for ever, so the gradients are
 * compared at inputs nearby, too.
 */

/** `forward` gives the same output, and `backward` the same gradients, after forward passes at other inputs. */
export const checkState: PropertyCheck = ({ operation, objective, douts, options }) => {
  if (options.accumulates) return []
  const pass = (): { output: ArrayLike<number>; gradients: AnalyticGradient[] } => {
    const output = elementsOf(copyOf(operation.forward()))
    return { output, gradients: runBackward(operation, douts[0]) }
  }
  const before = pass()
  for (let i = 0; i < 2; i++) attempt(() => operation.forwardOtherInputs())
  const after = pass()
  const at = firstDifference(before.output, after.output, objective.epsilon)
  if (at >= 0) {
    const message = `forward gives ${before.output[at]}, and ${after.output[at]} after passes at other inputs, at output ${at}`
    return [{ name: 'not-repeatable', message }]
  }
  return compareGradients(before.gradients, after.gradients, objective, 'forward passes at other inputs')
}

/** The gradients are the same as at the start after all passes of the check, and after passes of other sizes. */
export const checkStateAtEnd: PropertyCheck = ({ operation, objective, firstGradients }) => {
  attempt(() => operation.withInputs(withoutLastRow).forward())
  try {
    const now = objective.analyticGradients()
    return compareGradients(firstGradients, now, objective, 'the passes of the check')
  } catch (error) {
    const message = `forward and backward throw after a pass with fewer samples: ${(error as Error)?.message ?? error}`
    return [{ name: 'not-repeatable', message }]
  }
}

/** Runs a pass that the code need not accept. */
function attempt(pass: () => unknown): void {
  try {
    pass()
  } catch {
    // It need not accept these inputs.
  }
}

const withoutLastRow = (x: Tensor): Tensor =>
  x.rank > 0 && x.shape[0] > 1 ? x.rows(0, x.shape[0] - 1).clone() : x

function compareGradients(
  before: readonly AnalyticGradient[],
  after: readonly AnalyticGradient[],
  objective: ScalarObjective,
  passes: string,
): Finding[] {
  return objective.operation.variables.flatMap(({ name, value }, i): Finding[] => {
    const [earlier, later] = [before[i], after[i]]
    if (!earlier.values || !later.values) return []
    const k = firstDifference(earlier.values, later.values, gradientEpsilon(objective, earlier.dtype))
    if (k < 0) return []
    const message =
      `the gradient at ${entryName(name, k, value.shape)} is ${earlier.values[k]}, and ${later.values[k]} after ${passes}: ` +
      'something of an earlier pass is kept'
    return [{ name: 'not-repeatable', variable: name, message }]
  })
}

/** How far inputs are moved, relative to themselves. */
const DISTANCE = 2 ** -5

/** The gradients are right at inputs nearby and for other labels, and still the same after the many passes of the check. */
export function checkNearbyInputs(
  { operation, objective, options: { seed = 0 } }: CheckContext,
  variables: readonly Variable[],
  rules: ComparisonRules,
): Finding[] {
  if (rules.tolerance) return []
  const rng = createRng(seed + 1)
  const positions = variables.map((variable) => operation.variables.indexOf(variable))
  const find = (what: string, makeOther: () => Operation | undefined): Finding[] => {
    try {
      const other = makeOther()
      if (!other) return []
      return findWrongGradients(objective.at({ operation: other }), positions, rules, seed).map(
        ({ name, where }) => ({
          name: 'wrong-for-other-inputs',
          variable: name,
          message: `the gradient of ${name} is right at the given ${what} and wrong at others: ${where}`,
        }),
      )
    } catch {
      // The code need not accept other inputs.
      return []
    }
  }
  const atInputs = find('inputs', () => operation.withInputs((x) => moved(x, rng)))
  return atInputs.length > 0 ? atInputs : find('labels', () => operation.withOtherLabels?.())
}

function moved(x: Tensor, rng: Rng): Tensor {
  const near = x.clone()
  for (let i = 0; i < near.size; i++) near.data[i] *= 1 + DISTANCE * (2 * rng.uniform() - 1)
  return near
}
