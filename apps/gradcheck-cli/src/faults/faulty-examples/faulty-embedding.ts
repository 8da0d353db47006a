import { Embedding, type Layer } from '@gosa/layers'
import { type Tensor, tensor, zeros } from '@gosa/linalg'
import type { Fault, RandomValues } from '../fault.ts'

/*
 * Faulty examples: common mistakes in the gradient of an embedding, written out. Indices occur several times; they cannot be
 * moved a little, so they are no input of the check.
 */

const INDICES = [4, 0, 4, 1, 2, 1, 4, 0]

/** Common mistakes in Embedding. */
export const faultyEmbeddings = ({ values }: RandomValues): Fault[] => {
  const indices = tensor(INDICES, { shape: [2, 4] })
  const embedding = (name: string, dWOf: (rows: Tensor, correct: Tensor) => Tensor): Fault => {
    const correct = new Embedding(values(8, 3))
    let wrong = correct.W
    const layer = {
      forward: () => correct.forward(indices),
      backward(dout: Tensor) {
        correct.backward(dout)
        wrong = dWOf(dout.reshape([INDICES.length, 3]), correct.dW)
        return []
      },
      parameters: () => [
        {
          name: 'W',
          value: correct.W,
          get grad() {
            return wrong
          },
        },
      ],
    } as unknown as Layer
    return { name: `Embedding: ${name}`, case: { name, layer, inputs: [] } }
  }
  /** Writes the row of each position into dW, one after the other. */
  const scatter =
    (rowOf: (position: number) => number | undefined, factor = 1, adds = true) =>
    (rows: Tensor) => {
      const dW = zeros([8, 3])
      for (let i = 0; i < INDICES.length; i++) {
        const row = rowOf(i)
        if (row === undefined) continue
        for (let d = 0; d < 3; d++) {
          dW.data[row * 3 + d] = (adds ? dW.data[row * 3 + d] : 0) + factor * rows.at(i, d)
        }
      }
      return dW
    }
  const count = (index: number) => INDICES.filter((one) => one === index).length
  return [
    embedding(
      'rows of repeated indices are set, not summed',
      scatter((i) => INDICES[i], 1, false),
    ),
    embedding(
      'only the first of repeated indices counts',
      scatter((i) => (INDICES.indexOf(INDICES[i]) === i ? INDICES[i] : undefined)),
    ),
    embedding(
      'the position in place of the index',
      scatter((i) => i),
    ),
    embedding(
      'the next row',
      scatter((i) => INDICES[i] + 1),
    ),
    embedding(
      'a mean over all positions',
      scatter((i) => INDICES[i], 1 / INDICES.length),
    ),
    embedding('a mean over repeated indices', (_, correct) => {
      const dW = correct.clone()
      for (let i = 0; i < dW.size; i++) dW.data[i] /= count(Math.floor(i / 3)) || 1
      return dW
    }),
    embedding(
      'the last position is left out',
      scatter((i) => (i < INDICES.length - 1 ? INDICES[i] : undefined)),
    ),
  ]
}
