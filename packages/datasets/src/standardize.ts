import { div, map, mean, showShape, sqrt, square, sub, type Tensor } from '@gosa/linalg'

/** Mean and standard deviation of each column, and what brings them to 0 and 1. */
export interface Standardizer {
  /** (D) */
  readonly mean: Tensor
  /** (D); 1 for a column whose values are all equal, which so becomes 0. */
  readonly std: Tensor
  /** `(x − mean) / std` for any x (N, D): apply to all parts what was found on the samples to train with. */
  apply(x: Tensor): Tensor
}

/** Finds out how to standardize the columns of x (N, D). Throws a `RangeError` for other shapes or no rows. */
export function standardizer(x: Tensor): Standardizer {
  if (x.rank !== 2 || x.shape[0] === 0) {
    throw new RangeError(
      `standardizer: x has shape ${showShape(x.shape)}, but (N, D) with N from 1 up is needed`,
    )
  }
  const middle = mean(x, { axis: 0 })
  const deviation = sqrt(mean(square(sub(x, middle)), { axis: 0 }))
  const std = map(deviation, (value) => (value > 0 ? value : 1))
  return { mean: middle, std, apply: (y) => div(sub(y, middle), std) }
}
