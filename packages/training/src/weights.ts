import { concatBytes, littleEndianBytes } from '@gosa/formats'
import type { Tensor } from '@gosa/linalg'
import type { Classifier } from './classifier.ts'

/** Tensors by the names of the weights. */
export type Weights = Readonly<Record<string, Tensor>>

/** The weights of a model, its own tensors, in their order: `W1 b1 W2 b2`. */
export const weightsOf = (model: Pick<Classifier, 'parameters'>): Weights =>
  Object.fromEntries(model.parameters().map(({ name, value }) => [name, value]))

/** The weights' bytes, one tensor after the other, little-endian: what `weightsSha256` is the hash of. */
export const weightsBytes = (weights: Weights): Uint8Array<ArrayBuffer> =>
  concatBytes(Object.values(weights).map(({ data }) => littleEndianBytes(data)))

/** Whether no weight is NaN or infinite. */
export const areFinite = (weights: Weights): boolean =>
  Object.values(weights).every(({ data }) => data.every(Number.isFinite))

/** The numbers of inputs, units and classes of a network: 784, 50, 10. */
export function sizesOf(weights: Weights): number[] {
  const matrices = Object.entries(weights).filter(([name]) => name.startsWith('W'))
  return matrices.flatMap(([, { shape }], i) => (i === 0 ? [...shape] : [shape[1]]))
}
