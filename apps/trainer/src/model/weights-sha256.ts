import { createHash } from 'node:crypto'
import { type Weights, weightsBytes } from '@gosa/training'

/** SHA-256 of the weights' bytes, one tensor after the other: equal for equal bits alone. */
export const weightsSha256 = (weights: Weights): string =>
  createHash('sha256').update(weightsBytes(weights)).digest('hex')
