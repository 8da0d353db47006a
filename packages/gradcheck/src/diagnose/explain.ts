import type { VariableComparison } from '../compare/compare-variables.ts'
import type { ScalarObjective } from '../subject/objective.ts'
import {
  doutIgnored,
  earlierInputs,
  equalsDout,
  localDerivativeTwice,
  missingSample,
  otherVariable,
  sumForProduct,
  wrongSumOfDout,
} from './dout-candidates.ts'
import { type Candidate, collectEvidence } from './evidence.ts'
import { crossTermsMissing, sameErrorAlongAxis, wrongRows } from './pattern-candidates.ts'
import { flatBetweenJumps } from './step-candidates.ts'
import {
  anyFactor,
  constantAdded,
  fewEntries,
  knownFactor,
  lowPrecision,
  notFinite,
  shifted,
  transposed,
  wrongMask,
  wrongSigns,
  zero,
} from './value-candidates.ts'

/** Explains a wrong gradient: the list of candidate causes and the search for the first that fits. */

/** The most telling cause first: the first that explains the numbers counts. */
const CANDIDATES: readonly Candidate[] = [
  notFinite,
  flatBetweenJumps,
  lowPrecision,
  zero,
  doutIgnored,
  equalsDout,
  sumForProduct,
  knownFactor,
  transposed,
  otherVariable,
  anyFactor,
  wrongSumOfDout,
  earlierInputs,
  wrongMask,
  wrongSigns,
  wrongRows,
  fewEntries,
  crossTermsMissing,
  shifted,
  missingSample,
  localDerivativeTwice,
  constantAdded,
  sameErrorAlongAxis,
]

/** Explains a wrong gradient by testing each candidate cause against the numbers; only in a full check. */
export function explainWrongGradient(
  wrong: VariableComparison,
  all: readonly VariableComparison[],
  objective: ScalarObjective,
): string | undefined {
  if (wrong.mode !== 'full') return undefined
  const evidence = collectEvidence(wrong, all, objective)
  for (const candidate of CANDIDATES) {
    const cause = candidate(evidence)
    if (cause) return `the gradient ${cause}`
  }
  return undefined
}
