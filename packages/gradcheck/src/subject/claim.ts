import { type DType, type Shape, Tensor } from '@gosa/linalg'
import type { Variable } from './operation.ts'

/** What came back as the gradient of a variable: its numbers, where there are any, and the form they came in. */
export interface Claim {
  /** A copy in float64; undefined where what came has no numbers, or too few or too many. */
  readonly numbers?: Float64Array
  /** The same, whatever their number. */
  readonly raw?: Float64Array
  readonly shape?: Shape
  readonly dtype?: DType
}

/** Reads what an operation gave as the gradient of a variable: a tensor, or a number for a number. */
export function claimOf(given: unknown, { value }: Variable): Claim {
  if (typeof given === 'number') return claim(Float64Array.of(given), [], value)
  if (!(given instanceof Tensor)) return {}
  return { ...claim(Float64Array.from(given.data), given.shape, value), dtype: given.dtype }
}

const claim = (raw: Float64Array, shape: Shape, value: Tensor): Claim => ({
  raw,
  shape,
  numbers: raw.length === value.size ? raw : undefined,
})
