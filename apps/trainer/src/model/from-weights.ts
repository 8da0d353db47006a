import { type Activation, MultiLayerNet } from '@gosa/networks'
import type { Classifier, Weights } from '@gosa/training'
import { asBook } from './create-model.ts'

/**
 * A network with copies of the weights W1, b1, W2, b2, … Throws a `RangeError` or `TypeError` where one is
 * missing, others are there, or they do not fit one another.
 */
export const fromWeights = (weights: Weights, activation: Activation): Classifier =>
  asBook(MultiLayerNet.fromParameters(weights, { activation }))
