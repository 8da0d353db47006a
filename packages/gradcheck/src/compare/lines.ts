import type { DType } from '@gosa/linalg'
import type { Line } from '../numeric/line.ts'
import type { Scalar } from '../subject/scalar.ts'

/** Lines through the present point, walked one after the other; itself the line that was aimed at last. */
export interface Lines extends Line {
  readonly scalar: Scalar
  readonly count: number
  readonly dtype: DType
  /** Turns to the k-th line, from the point where all began. */
  aim(k: number): void
  /** Puts the variable back as it was, bit for bit. */
  putBack(): void
  /** How large the numbers that the k-th line moves typically are, in units of its step. */
  size(k: number): number
  /** The smallest step that may be needed on the k-th line: well within the distance to 0, where kinks tend to be. */
  finest(k: number): number
  /** What a step that suits single values is in proportion to. */
  ownSize(k: number): number
}
