import { argmax, Tensor } from '@gosa/linalg'
import { checkLabels, type Labels } from '@gosa/losses'

/**
 * The share of samples whose largest logit is at the right class; of probabilities, the largest counts as right.
 * Every sample counts, those of an incomplete last batch too; one whose logits hold NaN is wrong. Throws as `Labels`
 * must be, and where there is no sample.
 */
export function accuracyOf(logits: Tensor, labels: Labels): number {
  const C = logits.shape[logits.rank - 1]
  const classesOf = (x: Tensor) => argmax(x.reshape([-1, C]), { axis: 1 })
  const predicted = classesOf(logits)
  checkLabels(labels, logits, 'accuracy')
  const right = labels instanceof Tensor ? classesOf(labels) : labels
  const hits = predicted.reduce((count, label, n) => {
    // NaN counts as largest, and would else make the first class of a net that went wrong.
    const isHit = label === right[n] && !Number.isNaN(logits.data[n * C + label])
    return count + (isHit ? 1 : 0)
  }, 0)
  return hits / predicted.length
}
