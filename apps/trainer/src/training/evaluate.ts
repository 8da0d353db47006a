import type { Dataset } from '@gosa/datasets'
import { argmax, takeRows } from '@gosa/linalg'
import { crossEntropyError } from '@gosa/losses'
import type { Classifier } from '../model/classifier.ts'

/** How many samples are evaluated at once: enough to be fast, and a bounded amount of memory. */
const AT_ONCE = 10_000

export interface Evaluation {
  /** The share of samples whose largest logit is at the right class. */
  accuracy: number
  /** The mean cross-entropy. */
  loss: number
  /** Of which class each sample was taken to be. */
  predicted: Uint8Array
}

/** What a model makes of a set; every sample counts, those of an incomplete last part too. */
export function evaluate(model: Pick<Classifier, 'predict'>, { images, labels }: Dataset): Evaluation {
  const count = labels.length
  const predicted = new Uint8Array(count)
  let loss = 0
  for (let start = 0; start < count; start += AT_ONCE) {
    const end = Math.min(count, start + AT_ONCE)
    // takeRows, unlike rows, keeps compressed images compressed.
    const logits = model.predict(
      takeRows(
        images,
        Int32Array.from({ length: end - start }, (_, i) => start + i),
      ),
    )
    predicted.set(argmax(logits, { axis: 1 }), start)
    loss += crossEntropyError(logits, labels.subarray(start, end)) * (end - start)
  }
  const right = predicted.reduce((hits, label, n) => hits + (label === labels[n] ? 1 : 0), 0)
  return { accuracy: right / count, loss: loss / count, predicted }
}
