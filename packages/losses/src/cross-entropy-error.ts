import { Tensor } from '@gosa/linalg'
import { checkLabels, type Labels } from './labels.ts'
import { logSoftmaxFor } from './softmax.ts'

/**
 * Cross-entropy of logits, the mean over the N samples:
 *
 *     L = −1/N Σ_n Σ_c t_nc · log softmax(x)_nc
 *
 * from log-softmax directly, with no epsilon inside the logarithm: so the loss is not capped, and the gradient
 * `(y − t)/N` is its gradient. (The book takes probabilities and adds 1e-7 to them: section 4.2.2.)
 *
 * Logits (N, C), or (C) for one sample. Throws as `Labels` must be; see there.
 */
export function crossEntropyError(logits: Tensor, labels: Labels): number {
  return meanCrossEntropy(logSoftmaxFor(logits, 'crossEntropyError'), labels, 'crossEntropyError')
}

/** The same from logarithms of probabilities that are already there; `what` begins an error. */
export function meanCrossEntropy(logProbabilities: Tensor, labels: Labels, what: string): number {
  const { data, shape } = logProbabilities
  checkLabels(labels, logProbabilities, what)
  const C = shape[shape.length - 1]
  const N = data.length / C
  let total = 0
  if (labels instanceof Tensor) {
    // A class of probability 0 adds nothing, even where its logarithm is −∞.
    for (let i = 0; i < data.length; i++) if (labels.data[i] > 0) total -= labels.data[i] * data[i]
  } else {
    for (let n = 0; n < N; n++) total -= data[n * C + labels[n]]
  }
  return total / N
}
