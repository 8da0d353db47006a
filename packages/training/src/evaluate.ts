import type { Samples } from '@gosa/datasets'
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
export function evaluate(model: Evaluated, { x, t }: Samples<Uint8Array>): Evaluation {
  const logits = model.predict(x)
  const predicted = Uint8Array.from(argmax(logits, { axis: 1 }))
  return { accuracy: shareOf(predicted, t), loss: softmaxCrossEntropy(logits, t), predicted }
}

/** Its accuracy alone, which takes less time. */
export const accuracyOf = (model: Evaluated, { x, t }: Samples<Uint8Array>): number =>
  shareOf(argmax(model.predict(x), { axis: 1 }), t)

/** The share of samples that were taken to be of the right class. */
function shareOf(predicted: ArrayLike<number>, labels: Uint8Array): number {
  let right = 0
  for (let n = 0; n < labels.length; n++) if (predicted[n] === labels[n]) right++
  return right / labels.length
}
