/** Class weights and label smoothing: checks, and the targets that they make of labels. */
import { Tensor } from '@gosa/linalg'
import type { Labels } from './labels.ts'

/** Throws a `RangeError`, which begins with `what`, unless ε is from 0 up to, not including, 1. */
export function checkSmoothing(labelSmoothing: number, what: string): number {
  if (labelSmoothing >= 0 && labelSmoothing < 1) return labelSmoothing
  throw new RangeError(`${what}: labelSmoothing must be at least 0 and below 1, not ${labelSmoothing}`)
}

/** Throws a `RangeError`, which begins with `what`, unless there is one weight per class, finite and at least 0. */
export function checkClassWeights(weights: readonly number[], classes: number, what: string): void {
  if (weights.length === classes && weights.every((weight) => Number.isFinite(weight) && weight >= 0)) return
  throw new RangeError(
    `${what}: weights must be ${classes} finite numbers of at least 0, one for each class, not ${weights.join(', ') || 'none'}`,
  )
}

/**
 * Returns `q_nc = w_c·((1 − ε)·t_nc + ε/C)` for N samples and C classes, row-major, in float64. The labels must have been
 * checked.
 */
export function weightedTargets(
  labels: Labels,
  N: number,
  C: number,
  { labelSmoothing: ε, weights }: { labelSmoothing: number; weights?: readonly number[] },
): Float64Array {
  const q = new Float64Array(N * C)
  if (labels instanceof Tensor) q.set(labels.data)
  else for (let n = 0; n < N; n++) q[n * C + labels[n]] = 1
  for (let i = 0; i < q.length; i++) q[i] = (weights?.[i % C] ?? 1) * ((1 - ε) * q[i] + ε / C)
  return q
}
