import type { Compared } from '../compare/compare-all.ts'
import type { Scalar } from '../subject/scalar.ts'
import { anyFactor, coarse, knownFactor, offset, zero } from './constant.ts'
import { added, derivativeTwice, doutIgnored, isDout, stale } from './derivative.ts'
import { type Candidate, evidenceOf } from './evidence.ts'
import { few, mask, notANumber, signs } from './mask.ts'
import { neighbour, shifted, transposed, wrongSum } from './place.ts'
import { sampleLeftOut } from './sample.ts'

/** From the most to the least telling. */
const CANDIDATES: readonly Candidate[] = [
  notANumber,
  coarse,
  zero,
  doutIgnored,
  isDout,
  added,
  knownFactor,
  transposed,
  neighbour,
  anyFactor,
  wrongSum,
  stale,
  mask,
  signs,
  few,
  shifted,
  sampleLeftOut,
  derivativeTwice,
  offset,
]

/** What would explain a wrong gradient, each candidate held against the numbers; of a full check only. */
export function explain(wrong: Compared, all: readonly Compared[], scalar: Scalar): string | undefined {
  if (wrong.mode !== 'full') return undefined
  const evidence = evidenceOf(wrong, all, scalar)
  for (const candidate of CANDIDATES) {
    const cause = candidate(evidence)
    if (cause) return `the gradient ${cause}`
  }
  return undefined
}
