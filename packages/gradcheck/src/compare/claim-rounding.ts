import { createRng } from '@gosa/linalg'
import { epsilonOf } from '../numeric/step.ts'
import type { Scalar } from '../subject/scalar.ts'
import { restoring } from './restoring.ts'

const PROBES = 4
const ROUNDINGS = 4
const SAFETY = 4

/**
 * By how much each claimed gradient may be off from its own rounding: by how much it changes where all variables are moved
 * by a few roundings of theirs. Where a difference of nearly equal numbers, `1 − y²` say, is all that is left of a
 * derivative, that is as much as the gradient itself. Nothing is said of gradients that differ from call to call.
 */
export function claimRounding(scalar: Scalar): (Float64Array | undefined)[] {
  const values = scalar.operation.variables.map(({ value }) => value)
  const rng = createRng(0)
  const claims = scalar.claims().map(({ numbers }) => numbers)
  const again = scalar.claims()
  const repeatable = claims.every(
    (numbers, i) => numbers?.every((one, k) => Object.is(one, again[i].numbers?.[k])) ?? true,
  )
  if (!repeatable) return []
  const largest = claims.map((numbers) => numbers && new Float64Array(numbers.length))
  restoring(values, () => {
    const base = values.map(({ data }) => data.slice())
    for (let probe = 0; probe < PROBES; probe++) {
      for (const [i, { data, dtype }] of values.entries()) {
        const most = ROUNDINGS * epsilonOf(dtype)
        for (let k = 0; k < data.length; k++) data[k] = base[i][k] * (1 + most * (2 * rng.uniform() - 1))
      }
      for (const [i, { numbers = [] }] of scalar.claims().entries()) {
        const [own, most] = [claims[i], largest[i]]
        if (!own || !most) continue
        for (let k = 0; k < numbers.length; k++)
          most[k] = Math.max(most[k], SAFETY * Math.abs(numbers[k] - own[k]))
      }
    }
  })
  return largest
}
