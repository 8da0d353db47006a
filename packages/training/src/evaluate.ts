import type { Dataset } from '@gosa/datasets'
import { argmax } from '@gosa/linalg'
import { softmaxCrossEntropy } from '@gosa/losses'
import type { Classifier } from './classifier.ts'

export interface Evaluation {
  /** The share of samples whose largest logit is at the right class. */
  accuracy: number
  /** The mean cross-entropy. */
  loss: number
  /** Of which class each sample was taken to be. */
  predicted: Uint8Array
}

type Evaluated = Pick<Classifier, 'predict'>

/** What a model makes of a set. */
export function evaluate(model: Evaluated, { images, labels }: Dataset): Evaluation {
  const logits = model.predict(images)
  const predicted = Uint8Array.from(argmax(logits, { axis: 1 }))
  return { accuracy: shareOf(predicted, labels), loss: softmaxCrossEntropy(logits, labels), predicted }
}

/** Its accuracy alone, which takes less time. */
export const accuracyOf = (model: Evaluated, { images, labels }: Dataset): number =>
  shareOf(argmax(model.predict(images), { axis: 1 }), labels)

/** The share of samples that were taken to be of the right class. */
function shareOf(predicted: ArrayLike<number>, labels: Uint8Array): number {
  let right = 0
  for (let n = 0; n < labels.length; n++) if (predicted[n] === labels[n]) right++
  return right / labels.length
}
