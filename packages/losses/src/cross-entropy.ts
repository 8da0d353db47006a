/** Cross-entropy, the mean over the N samples: of probabilities, as in the book, and of logits, as in training. */
import { log, Tensor } from '@gosa/linalg'
import { checkRows } from './checks.ts'
import { checkLabels, type Labels } from './labels.ts'
import { logSoftmaxFor } from './softmax.ts'

/**
 * Cross-entropy of probabilities y (N, C), or (C) for one sample:
 *
 *     L = −1/N Σ_n Σ_c t_nc · log y_nc
 *
 * There is no epsilon inside the logarithm: the loss is `Infinity` if a class that t holds has probability 0, and a class
 * that t does not hold adds nothing, whatever its probability. (The book adds 1e-7, which caps the loss at 16.1.)
 *
 * Throws a `RangeError` if an element of y is below 0 or above 1, as logits are; throws for t as `checkLabels` does.
 *
 * Source: Deep Learning from Scratch, section 4.2.2.
 */
export function crossEntropyError(y: Tensor, t: Labels): number {
  checkRows(y, 'crossEntropyError', 'y has')
  const wrong = y.data.findIndex((p) => p < 0 || p > 1)
  if (wrong >= 0) {
    throw new RangeError(
      `crossEntropyError: y must hold probabilities, from 0 to 1, but element ${wrong} is ${y.data[wrong]}; ` +
        'from logits it is softmaxCrossEntropy(logits, t)',
    )
  }
  return meanCrossEntropy(log(y), t, 'crossEntropyError')
}

/**
 * Cross-entropy of logits x (N, C), or (C) for one sample:
 *
 *     L = −1/N Σ_n Σ_c t_nc · log softmax(x)_nc
 *
 * by log-softmax, so that it is exact even where a probability vanishes. It is `crossEntropyError(softmax(x), t)`, and the
 * loss whose gradient `SoftmaxWithLoss` gives, `(y − t)/N`. Throws as `checkLabels`.
 */
export function softmaxCrossEntropy(logits: Tensor, t: Labels): number {
  return meanCrossEntropy(logSoftmaxFor(logits, 'softmaxCrossEntropy'), t, 'softmaxCrossEntropy')
}

/** Cross-entropy of logarithms of probabilities. Errors begin with `what`. */
export function meanCrossEntropy(logProbabilities: Tensor, t: Labels, what: string): number {
  const { data, shape } = logProbabilities
  checkLabels(t, logProbabilities, what)
  const C = shape[shape.length - 1]
  const N = data.length / C
  let total = 0
  if (t instanceof Tensor) {
    // A class of probability 0 in t adds nothing, even if its logarithm is −∞.
    for (let i = 0; i < data.length; i++) if (t.data[i] > 0) total -= t.data[i] * data[i]
  } else {
    for (let n = 0; n < N; n++) total -= data[n * C + t[n]]
  }
  return total / N
}
