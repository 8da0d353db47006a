import type { Dataset } from '@gosa/datasets'
import { argmax, type Tensor, takeRows, Workspace } from '@gosa/linalg'
import { crossEntropyError } from '@gosa/losses'
import type { Classifier } from './classifier.ts'

/** How many numbers a layer may put out at once: whole sets for networks such as the book's, a bounded memory for all. */
const AT_ONCE = 2 ** 24

export interface Evaluation {
  /** The share of samples whose largest logit is at the right class. */
  accuracy: number
  /** The mean cross-entropy. */
  loss: number
  /** Of which class each sample was taken to be. */
  predicted: Uint8Array
}

type Evaluated = Pick<Classifier, 'predict' | 'parameters'>

/** What a model makes of a set; every sample counts, those of an incomplete last part too. */
export const evaluate = (model: Evaluated, data: Dataset): Evaluation => createEvaluator(model, data)()

/** The same for the end of each epoch: what is computed in between is written to the same buffers each time. */
export function createEvaluator(
  model: Evaluated,
  { images, labels }: Dataset,
  atOnce: number = AT_ONCE,
): () => Evaluation {
  const count = labels.length
  const widest = Math.max(...model.parameters().map(({ value }) => value.shape[value.rank - 1]))
  const rows = Math.max(1, Math.floor(atOnce / widest))
  const workspace = new Workspace()
  let part: Tensor | undefined

  return () => {
    const predicted = new Uint8Array(count)
    let loss = 0
    for (let start = 0; start < count; start += rows) {
      const end = Math.min(count, start + rows)
      if (rows < count) part = takeRows(images, range(start, end), { out: fitting(part, end - start) })
      workspace.run(() => {
        const logits = model.predict(part ?? images)
        predicted.set(argmax(logits, { axis: 1 }), start)
        loss += crossEntropyError(logits, labels.subarray(start, end)) * (end - start)
      })
    }
    const right = predicted.reduce((hits, label, n) => hits + (label === labels[n] ? 1 : 0), 0)
    return { accuracy: right / count, loss: loss / count, predicted }
  }
}

const range = (start: number, end: number): Int32Array =>
  Int32Array.from({ length: end - start }, (_, i) => start + i)

/** takeRows, unlike rows, keeps compressed images compressed; the last part may have fewer rows than the others. */
const fitting = (part: Tensor | undefined, rows: number): Tensor | undefined =>
  part?.shape[0] === rows ? part : undefined
