import type { Dataset } from '@gosa/datasets'
import { type Tensor, takeRows } from '@gosa/linalg'
import { softmax } from '@gosa/losses'
import type { Mistake } from '../protocol.ts'

/** The images that a network is surest to take for what they are not; `predicted` is what it takes each image for. */
export function worstMistakes(
  network: { predict(x: Tensor): Tensor },
  { images, labels }: Dataset,
  predicted: ArrayLike<number> & Iterable<number>,
  most: number,
): Mistake[] {
  const wrong = [...labels.keys()].filter((n) => predicted[n] !== labels[n])
  if (wrong.length === 0) return []
  const probabilities = softmax(network.predict(takeRows(images, wrong)))
  return wrong
    .map((n, i) => ({ n, probability: probabilities.at(i, predicted[n]) }))
    .sort((a, b) => b.probability - a.probability)
    .slice(0, most)
    .map(({ n, probability }) => ({
      pixels: Uint8Array.from(images.row(n).data, (grey) => Math.round(255 * grey)),
      label: labels[n],
      predicted: predicted[n],
      probability,
    }))
}
