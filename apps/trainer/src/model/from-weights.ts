import { type Activation, MultiLayerNet } from '@gosa/networks'
import type { Classifier } from './classifier.ts'
import { asBook } from './create-model.ts'
import type { Weights } from './weights.ts'

/**
 * A network with copies of the weights W1, b1, W2, b2, … Throws a `RangeError` or `TypeError` where one is
 * missing, others are there, or they do not fit one another.
 */
export const fromWeights = (weights: Weights, activation: Activation): Classifier =>
  asBook(MultiLayerNet.fromParameters(weights, { activation }))

/** The numbers of inputs, units and classes of a network: 784, 50, 10. */
export function sizesOf(weights: Weights): number[] {
  const matrices = Object.entries(weights).filter(([name]) => name.startsWith('W'))
  return matrices.flatMap(([, { shape }], i) => (i === 0 ? [...shape] : [shape[1]]))
}
