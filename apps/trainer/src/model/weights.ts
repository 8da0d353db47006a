import { createHash } from 'node:crypto'
import type { Tensor } from '@gosa/linalg'
import { littleEndianBytes } from '@gosa/networks'
import type { Classifier } from './classifier.ts'

/** Tensors by the names of the weights. */
export type Weights = Readonly<Record<string, Tensor>>

/** The weights of a model, its own tensors, in their order: `W1 b1 W2 b2`. */
export const weightsOf = (model: Pick<Classifier, 'parameters'>): Weights =>
  Object.fromEntries(model.parameters().map(({ name, value }) => [name, value]))

/** SHA-256 of the weights' bytes, one tensor after the other, little-endian: equal for equal bits alone. */
export function weightsSha256(weights: Weights): string {
  const hash = createHash('sha256')
  for (const { data } of Object.values(weights)) hash.update(littleEndianBytes(data))
  return hash.digest('hex')
}

/** Whether no weight is NaN or infinite. */
export const areFinite = (weights: Weights): boolean =>
  Object.values(weights).every(({ data }) => data.every(Number.isFinite))
