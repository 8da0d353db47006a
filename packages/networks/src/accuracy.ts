import { argmax, showShape, Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkLabels, type Labels } from '@gosa/losses'

/**
 * Returns the share of samples whose largest logit is at the right class: logits (N, C), or (C) for one sample; for labels
 * that are probabilities, their largest is the right class. A sample with NaN in its logits is wrong. Throws for labels as
 * `checkLabels` of `@gosa/losses`, and a `RangeError` if there is no sample.
 */
export function accuracy(logits: Tensor, t: Labels): number {
  checkTensor('accuracy', 'logits', logits)
  if (logits.rank < 1 || logits.rank > 2) {
    throw new RangeError(`accuracy: logits are (N, C), or (C) for one sample, not ${showShape(logits.shape)}`)
  }
  const C = logits.shape[logits.rank - 1]
  const classesOf = (x: Tensor) => argmax(x.reshape([-1, C]), { axis: 1 })
  const predicted = classesOf(logits)
  checkLabels(t, logits, 'accuracy')
  const right = t instanceof Tensor ? classesOf(t) : t
  const hits = predicted.reduce((count, label, n) => {
    // argmax takes NaN for the largest, so that a diverged network would be right about the first class.
    const isHit = label === right[n] && !Number.isNaN(logits.data[n * C + label])
    return count + (isHit ? 1 : 0)
  }, 0)
  return hits / predicted.length
}

/** Returns the share of predicted classes that are right; for labels that are probabilities of class 1, 1 is right above ½. */
export function shareOfRight(predicted: Int32Array, t: Labels): number {
  const labels = t instanceof Tensor ? Array.from(t.data, (p) => (p > 0.5 ? 1 : 0)) : t
  if (labels.length !== predicted.length || predicted.length === 0) {
    throw new RangeError(`accuracy: ${labels.length} labels do not fit ${predicted.length} samples`)
  }
  return predicted.filter((label, n) => label === labels[n]).length / predicted.length
}
