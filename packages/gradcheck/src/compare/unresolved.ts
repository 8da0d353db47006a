import { epsilonOf } from '../numeric/step.ts'
import type { Comparison } from './compare.ts'
import type { Lines } from './lines.ts'

/** Of how small a part of the largest slope the error must be, for a judgement to be one. */
const RESOLUTION = 1e-3

/**
 * The lines whose claim agrees only because the error is so large that much else would. Slopes of nothing but rounding
 * are known to be next to 0, and that is all there is to know of them.
 */
export function unresolved({ analytic, numerical, error, outcome }: Comparison, lines: Lines): number[] {
  let largest = 0
  for (let k = 0; k < analytic.length; k++) {
    largest = Math.max(largest, Math.abs(analytic[k]) || 0, Math.abs(numerical[k]) || 0)
  }
  const negligible = Math.sqrt(epsilonOf(lines.dtype)) * lines.scalar.magnitude
  const found: number[] = []
  for (let k = 0; k < analytic.length; k++) {
    if (error[k] <= RESOLUTION * largest || error[k] <= negligible / lines.size(k)) continue
    if (outcome[k] === 'agrees') found.push(k)
  }
  return found
}
