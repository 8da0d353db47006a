import { argmax, Tensor } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'

/**
 * The share of samples whose largest logit is at the right class; of probabilities, the largest counts as right.
 * Every sample counts, those of an incomplete last batch too. Throws a `RangeError` where the numbers differ.
 */
export function accuracyOf(logits: Tensor, labels: Labels): number {
  const predicted = argmax(logits.reshape([-1, logits.shape[logits.rank - 1]]), { axis: 1 })
  const right =
    labels instanceof Tensor
      ? argmax(labels.reshape([-1, labels.shape[labels.rank - 1]]), { axis: 1 })
      : labels
  if (predicted.length !== right.length) {
    throw new RangeError(`accuracy: ${right.length} labels were given for ${predicted.length} samples`)
  }
  return predicted.reduce((hits, label, n) => hits + (label === right[n] ? 1 : 0), 0) / predicted.length
}
