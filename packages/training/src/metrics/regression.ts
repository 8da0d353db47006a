/**
 * Metrics of predicted numbers, with scikit-learn's definitions. t and predictions are lists (N), or tensors of one shape.
 * All throw a `RangeError` for different lengths or no samples.
 */
import { Tensor } from '@gosa/linalg'
import { checkLengths } from './classification.ts'

/** Numbers of N samples: a list, or a tensor (N) or (N, K). */
export type Numbers = Tensor | ArrayLike<number>

const elements = (numbers: Numbers): ArrayLike<number> => (numbers instanceof Tensor ? numbers.data : numbers)

/** Returns `1/n Σ (y − t)²`, over all n elements. */
export const meanSquaredError = (t: Numbers, predicted: Numbers): number =>
  meanOfDifferences('meanSquaredError', t, predicted, (d) => d * d)

/** Returns `1/n Σ |y − t|`, over all n elements. */
export const meanAbsoluteError = (t: Numbers, predicted: Numbers): number =>
  meanOfDifferences('meanAbsoluteError', t, predicted, Math.abs)

function meanOfDifferences(
  what: string,
  t: Numbers,
  predicted: Numbers,
  of: (difference: number) => number,
): number {
  const [targets, y] = [elements(t), elements(predicted)]
  checkLengths(what, targets, y)
  let total = 0
  for (let i = 0; i < y.length; i++) total += of(y[i] - targets[i])
  return total / y.length
}

/**
 * Returns the coefficient of determination `R² = 1 − Σ (y − t)²/Σ (t − t̄)²`: 1 for perfect predictions, 0 for those that
 * are as good as the mean of t. For (N, K), the mean of the R² of the K columns. Where all t are equal, R² is 1 for perfect
 * predictions and else 0.
 */
export function r2(t: Numbers, predicted: Numbers): number {
  const [targets, y] = [elements(t), elements(predicted)]
  checkLengths('r2', targets, y)
  const K = t instanceof Tensor && t.rank === 2 ? t.shape[1] : 1
  let total = 0
  for (let k = 0; k < K; k++) total += r2OfColumn(targets, y, k, K)
  return total / K
}

function r2OfColumn(t: ArrayLike<number>, y: ArrayLike<number>, start: number, step: number): number {
  let [sum, residual, deviation] = [0, 0, 0]
  for (let i = start; i < t.length; i += step) sum += t[i]
  const mean = (sum * step) / t.length
  for (let i = start; i < t.length; i += step) {
    residual += (t[i] - y[i]) ** 2
    deviation += (t[i] - mean) ** 2
  }
  if (deviation === 0) return residual === 0 ? 1 : 0
  return 1 - residual / deviation
}
