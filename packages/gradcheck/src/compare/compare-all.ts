import { createRng } from '@gosa/linalg'
import type { CheckOptions } from '../options.ts'
import type { Entry } from '../report/report.ts'
import type { Variable } from '../subject/operation.ts'
import type { Scalar } from '../subject/scalar.ts'
import { compareDirections, compareEntries } from './check-variable.ts'
import type { Comparison } from './compare.ts'
import type { Rules } from './rules.ts'
import { shares, stratified } from './samples.ts'

/** A variable with what was found about it. */
export interface Compared {
  readonly variable: Variable
  readonly comparison: Comparison
  /** The entries that were compared; undefined where it was directions. */
  readonly entries?: Int32Array
  readonly mode: Entry['mode']
}

/** Compares the claimed gradients of all variables that have one, in the mode asked for. */
export function compareAll(scalar: Scalar, rules: Rules, options: CheckOptions): Compared[] {
  const { mode = 'full', samples = 200, directions = 3, seed = 0, onProgress } = options
  const claims = scalar.claims()
  const given = scalar.operation.variables.flatMap((variable, i) => {
    const { numbers } = claims[i]
    return numbers ? [{ variable, numbers }] : []
  })
  const sizes = given.map(({ numbers }) => numbers.length)
  const rng = createRng(seed)
  const counts = mode === 'sampled' ? shares(sizes, samples) : sizes
  const total = counts.reduce((sum, count) => sum + count, 0)
  let done = 0
  const onEach = (): void => {
    if (++done % 1000 === 0 || done === total) onProgress?.({ done, total })
  }
  return given.map(({ variable, numbers }, i): Compared => {
    if (mode === 'projected') {
      const comparison = compareDirections(scalar, variable, numbers, directions, rules, rng.integer(2 ** 32))
      if (comparison.outcome.every((outcome) => outcome === 'agrees')) {
        done += numbers.length
        onProgress?.({ done, total })
        return { variable, mode, comparison }
      }
    }
    const entries = stratified(numbers.length, counts[i], rng)
    const comparison = compareEntries(scalar, variable, numbers, entries, rules, { seed, onEach })
    return { variable, mode: mode === 'sampled' ? mode : 'full', comparison, entries }
  })
}
