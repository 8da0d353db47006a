import { createRng } from '@gosa/linalg'
import { maxAbs } from '../numeric/magnitude.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import type { Variable } from '../subject/operation.ts'
import { withRestoredOperands } from '../subject/restore.ts'
import { elementsOf } from '../subject/values.ts'
import type { VariableComparison } from './compare-variables.ts'

/**
 * Checks that cannot tell: the gradient of a variable is 0 by both methods, and the output depends on it nowhere, as that of
 * batch normalization on a single sample. Right code and code that computes no gradient at all look the same then.
 */

/** Whether the gradient of a variable is 0 by both methods. */
export const isZeroByBothMethods = ({
  comparison: { analytic, numerical, error },
}: VariableComparison): boolean =>
  analytic.length > 0 && analytic.every((g, k) => g === 0 && Math.abs(numerical[k]) <= error[k])

/** Pairs of passes that are compared. */
const TRIALS = 8

/** An output that changes by less than this many units of its rounding error does not change. */
const ROUNDINGS = 256

/** Whether the output changes if the variable takes other values, with random values of all others. */
export function hasInfluence({ operation, epsilon }: ScalarObjective, variable: Variable): boolean {
  const rng = createRng(0)
  const originals = operation.variables.map(({ value }) => value.data.slice())
  const setRandom = ({ value: { data } }: Variable, i: number): void => {
    for (let k = 0; k < data.length; k++) data[k] = (Math.abs(originals[i][k]) || 1) * (4 * rng.uniform() - 2)
  }
  const run = () => Float64Array.from(elementsOf(operation.forward()))
  return withRestoredOperands(operation, () =>
    Array.from({ length: TRIALS }).some(() => {
      try {
        for (const [i, each] of operation.variables.entries()) setRandom(each, i)
        const output = run()
        setRandom(variable, operation.variables.indexOf(variable))
        return differ(output, run(), epsilon)
      } catch {
        // Code may refuse some values.
        return false
      }
    }),
  )
}

function differ(a: Float64Array, b: Float64Array, epsilon: number): boolean {
  if (a.length !== b.length) return true
  const largest = Math.max(maxAbs(a), maxAbs(b))
  return a.some((one, i) => Math.abs(one - b[i]) > ROUNDINGS * epsilon * largest)
}
