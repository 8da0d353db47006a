import { EntryPerturbations } from '../compare/perturbations.ts'
import type { Candidate, Evidence } from './evidence.ts'

/** The cause that the function is flat between jumps, which only its values at several distances show. */

/** Number of wrong entries that are examined. */
const MAX_ENTRIES = 4
/** Number of values on a line through the point, and half the lengths of the lines, in magnitudes of the entry. */
const POINTS = 64
const REACHES = [2 ** -10, 2 ** -7, 2 ** -4, 2 ** -1, 4]
const MIN_JUMPS = 2

/** N = 0, since the function consists of steps, and A is not. */
export const flatBetweenJumps: Candidate = (evidence) => {
  const { wrong, numerical, analytic } = evidence
  const entries = wrong.slice(0, MAX_ENTRIES)
  if (!entries.every((k) => numerical[k] === 0 && analytic[k] !== 0)) return undefined
  return entries.every((k) => isStaircase(evidence, k))
    ? 'is that of a slope, but the function is flat between jumps, as rounding makes it: its derivative is 0'
    : undefined
}

function isStaircase({ objective, compared }: Evidence, k: number): boolean {
  const { variable, entries } = compared
  const perturbations = new EntryPerturbations(objective, variable, [entries?.[k] ?? k])
  perturbations.select(0)
  try {
    return REACHES.some((reach) => {
      const spacing = (2 * reach * perturbations.magnitude(0)) / POINTS
      return hasIsolatedJumps(
        Array.from({ length: POINTS }, (_, i) => perturbations.at((i - POINTS / 2) * spacing)),
      )
    })
  } finally {
    perturbations.restore()
  }
}

/** Whether the values stand still between jumps. */
function hasIsolatedJumps(values: readonly number[]): boolean {
  const isJump = values.slice(1).map((value, i) => value !== values[i])
  const jumps = isJump.filter(Boolean).length
  return jumps >= MIN_JUMPS && isJump.every((jump, i) => !(jump && isJump[i + 1]))
}
