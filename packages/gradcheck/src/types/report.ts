import type { DType, Shape, Tensor } from '@gosa/linalg'
import type { NumericalMethod } from '../numeric/finite-differences.ts'

/** What a check returns: the report, its entries and its findings. */

/** The result in one word; `Report` says when it is which. */
export type Verdict = 'pass' | 'fail' | 'inconclusive'

/** Which entries are compared: all, a sample of each variable, or whole variables along random directions. */
export type CheckMode = 'full' | 'sampled' | 'projected'

/** The result of a check. As JSON it holds everything but the tensors. */
export interface Report {
  /** The name of what was checked. */
  readonly name: string
  /** Whether the verdict is `'pass'`. */
  readonly ok: boolean
  /**
   * `'fail'` if a gradient is wrong or there is a finding, `'inconclusive'` if the numerical errors are too large to tell, the
   * output does not depend on a variable, so that its gradient is 0 whatever the code does, or a weight was not checked.
   */
  readonly verdict: Verdict
  readonly entries: readonly CheckEntry[]
  readonly findings: readonly Finding[]
  /** Weights that have an influence on the output but no gradient that was found, so that they were not checked. */
  readonly unchecked: readonly string[]
  /** Limits of the check: precision, batches of one sample, gradients that are zero everywhere. */
  readonly notes: readonly string[]
  readonly method: NumericalMethod
  readonly mode: CheckMode
  /** The dtype of the comparison. */
  readonly dtype: DType
  readonly seed: number
  /** A table for a terminal, with causes, findings and notes below. */
  toString(): string
}

/** The result for one input or weight. */
export interface CheckEntry {
  readonly name: string
  readonly shape: Shape
  readonly verdict: Verdict
  /** How it was compared; a projected check that disagrees continues in full. */
  readonly mode: CheckMode
  /** Number of entries (or directions) compared. */
  readonly compared: number
  /** Number of entries whose gradient is wrong. */
  readonly wrong: number
  /** Number of entries whose numerical error is too large to tell. */
  readonly unclear: number
  /** Number of entries at a kink: judged by the one-sided derivatives and left out of the errors below. */
  readonly kinks: number
  /** Over all entries compared; the figure that the book prints. */
  readonly meanAbsoluteDifference: number
  /**
   * The largest `|a − n| / max(|a|, |n|)`. Entries that agree and are below a thousandth of the largest are measured
   * against that thousandth.
   */
  readonly maxRelativeError: number
  /** The largest error bound of the numerical derivatives. */
  readonly maxNumericalError: number
  /** Undefined if nothing was compared. */
  readonly worst?: WorstEntry
  /** The likely cause of a wrong gradient. */
  readonly cause?: string
  /** Both gradients in the shape of the variable, for heat maps; of a full check only. */
  readonly analytic?: Tensor
  readonly numerical?: Tensor
}

/** The entry with the largest relative error, wrong ones first. */
export interface WorstEntry {
  /** Its index in the tensor; of a projected check, the number of the direction. */
  readonly index: readonly number[]
  readonly analytic: number
  readonly numerical: number
}

/** Something that is wrong besides the values of the gradients. */
export interface Finding {
  readonly name: FindingName
  /** What is wrong, in words. */
  readonly message: string
  /** The input, weight or other tensor concerned. */
  readonly variable?: string
  readonly index?: readonly number[]
}

/** The properties besides the values of the gradients, by the names of their violations. */
export type FindingName =
  | 'accumulated'
  | 'backward-before-forward'
  | 'constant-mutated'
  | 'dout-ignored'
  | 'dout-mutated'
  | 'input-mutated'
  | 'missing-gradient'
  | 'not-accumulated'
  | 'not-finite'
  | 'not-independent'
  | 'not-linear'
  | 'not-repeatable'
  | 'not-symmetric'
  | 'parameter-mutated'
  | 'wrong-along-tie'
  | 'wrong-dtype'
  | 'wrong-for-another-dout'
  | 'wrong-for-other-inputs'
  | 'wrong-shape'
  | 'zero-dout'
