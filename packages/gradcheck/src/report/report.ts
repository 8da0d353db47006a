import type { DType, Shape, Tensor } from '@gosa/linalg'
import type { Method } from '../numeric/step.ts'

export type Verdict = 'pass' | 'fail' | 'inconclusive'

/** The entry that disagrees most. */
export interface Worst {
  /** Where it stands in the tensor; of a projected check, the number of the direction. */
  readonly index: readonly number[]
  readonly analytic: number
  readonly numerical: number
}

/** What the check found about one input or weight. */
export interface Entry {
  readonly name: string
  readonly shape: Shape
  readonly verdict: Verdict
  /** How this one was looked at; a projected check that disagrees goes on in full. */
  readonly mode: 'full' | 'sampled' | 'projected'
  /** How many entries (or directions) were compared, and what became of them. */
  readonly compared: number
  readonly wrong: number
  readonly unclear: number
  /** Entries at a kink, judged by the slopes on both sides and left out of the figures below. */
  readonly kinks: number
  /** Over all entries compared, the figure that the book prints. */
  readonly meanAbsoluteDifference: number
  /**
   * The largest `|a − n| / max(|a|, |n|)`; entries that agree and are below a thousandth of the largest are measured
   * against that thousandth.
   */
  readonly maxRelativeError: number
  /** The largest error that the numerical values may have. */
  readonly maxNumericalError: number
  /** Undefined where nothing was compared. */
  readonly worst?: Worst
  /** Of a wrong gradient: what would explain it. */
  readonly cause?: string
  /** The gradients in the shape of the variable, for pictures of them; of a full check only. */
  readonly analytic?: Tensor
  readonly numerical?: Tensor
}

/** What else can be found, by name. */
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
  | 'wrong-dtype'
  | 'wrong-for-another-dout'
  | 'wrong-shape'
  | 'zero-dout'

/** Something that is wrong besides the value of a gradient. */
export interface Finding {
  readonly name: FindingName
  /** What is wrong, in words. */
  readonly message: string
  /** Which input, weight or other tensor it is about. */
  readonly variable?: string
  readonly index?: readonly number[]
}

/** What a check found. JSON of it holds everything but the tensors. */
export interface Report {
  /** What was checked. */
  readonly name: string
  /** Whether the verdict is `'pass'`. */
  readonly ok: boolean
  /** `'fail'` where a gradient is wrong or there is a finding, `'inconclusive'` where the numbers are too poor to tell. */
  readonly verdict: Verdict
  readonly entries: readonly Entry[]
  readonly findings: readonly Finding[]
  /** What to bear in mind: precision, batches of one, gradients that are 0 throughout. */
  readonly notes: readonly string[]
  readonly method: Method
  readonly mode: 'full' | 'sampled' | 'projected'
  /** In which the comparison was made. */
  readonly dtype: DType
  readonly seed: number
  /** A table with what else was found, for a terminal. */
  toString(): string
}
