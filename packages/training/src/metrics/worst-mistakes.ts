/** The misclassified samples of which a network was most confident: for the trainer's report and the playground. */
import { takeRows } from '@gosa/linalg'
import { NO_CLASS, softmax } from '@gosa/losses'
import type { Classifier, ClassSamples } from '../loop/classifier.ts'
import { checkEvaluated } from './check-evaluated.ts'
import { checkLists } from './classification.ts'

/** A misclassified sample. */
export interface Mistake {
  /** The index of the sample in its set. */
  index: number
  label: number
  predicted: number
  /** The network's probability of the class that it predicted, and of the right one. */
  probability: number
  probabilityOfLabel: number
}

/** The number of samples predicted at a time. */
const BATCH_SIZE = 1000

/**
 * The at most `maxCount` mistakes of which a network was most confident, the most confident first; `predicted` is what
 * `evaluate` returned. Samples whose logits contain NaN are left out.
 */
export function worstMistakes(
  model: Pick<Classifier, 'predict'>,
  samples: ClassSamples,
  predicted: ArrayLike<number>,
  maxCount: number,
): Mistake[] {
  const { x, t } = checkEvaluated('worstMistakes', model, samples)
  checkLists('worstMistakes', t, predicted)
  const wrong = Array.from(t, (_, index) => index).filter(
    (index) => predicted[index] !== t[index] && predicted[index] !== NO_CLASS,
  )
  let worst: Mistake[] = []
  for (let start = 0; start < wrong.length; start += BATCH_SIZE) {
    const indices = wrong.slice(start, start + BATCH_SIZE)
    const y = softmax(model.predict(takeRows(x, indices)))
    const [, classes] = y.shape
    const mistakes = indices.map((index, row) => ({
      ...{ index, label: t[index], predicted: predicted[index] },
      probability: y.data[row * classes + predicted[index]],
      probabilityOfLabel: y.data[row * classes + t[index]],
    }))
    worst = [...worst, ...mistakes].sort((a, b) => b.probability - a.probability).slice(0, maxCount)
  }
  return worst
}
