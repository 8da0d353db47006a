import type { Dataset } from '@gosa/datasets'
import { takeRows } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import type { Classifier } from '@gosa/training'

/** An image that was taken for another class than it is of. */
export interface Mistake {
  /** Which image of the set, counted from 0. */
  index: number
  label: number
  predicted: number
  /** How likely the network held the wrong class to be, and the right one. */
  probability: number
  probabilityOfLabel: number
}

/** How many images are looked at together. */
const AT_ONCE = 1000

/** The mistakes of which a network was surest, the worst first; `predicted` is what it took each image for. */
export function worstMistakes(
  model: Pick<Classifier, 'predict'>,
  { images, labels }: Dataset,
  predicted: ArrayLike<number>,
  most: number,
): Mistake[] {
  const wrong = Array.from(labels, (_, index) => index).filter((index) => predicted[index] !== labels[index])
  let worst: Mistake[] = []
  for (let start = 0; start < wrong.length; start += AT_ONCE) {
    const indices = wrong.slice(start, start + AT_ONCE)
    const y = softmax(model.predict(takeRows(images, indices)))
    const [, classes] = y.shape
    const mistakes = indices.map((index, row) => ({
      ...{ index, label: labels[index], predicted: predicted[index] },
      probability: y.data[row * classes + predicted[index]],
      probabilityOfLabel: y.data[row * classes + labels[index]],
    }))
    worst = [...worst, ...mistakes].sort((a, b) => b.probability - a.probability).slice(0, most)
  }
  return worst
}
