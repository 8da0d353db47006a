/**
 * The network as training sees it: `Classifier`, which networks satisfy by their shape, and its weights as a record of
 * tensors by name.
 */

import type { Samples } from '@gosa/datasets'
import { concatBytes, littleEndianBytes } from '@gosa/formats'
import type { Parameter } from '@gosa/layers'
import type { Tensor } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'

/** What training needs of a network; `TwoLayerNet` and `MultiLayerNet` satisfy it. */
export interface Classifier {
  /** The logits (N, C) of samples (N, D). */
  predict(x: Tensor): Tensor
  /** Computes the gradients that `parameters` hand out, and the loss that `lastLayer` keeps. */
  gradient(x: Tensor, t: Labels): unknown
  /** The weights in the order in which they are saved and hashed. */
  parameters(): Parameter[]
  readonly lastLayer: { readonly loss: number }
}

/** Samples x (N, …) and their class indices t (N). */
export type ClassSamples = Samples<Uint8Array | Int32Array>

/** Tensors by the names of the weights. */
export type Weights = Readonly<Record<string, Tensor>>

/** The weights of a model in their order, `W1 b1 W2 b2`: the model's own tensors, not copies. */
export const weightsOf = (model: Pick<Classifier, 'parameters'>): Weights =>
  Object.fromEntries(model.parameters().map(({ name, value }) => [name, value]))

/** Whether no weight is NaN or infinite. */
export const areFinite = (weights: Weights): boolean =>
  Object.values(weights).every(({ data }) => data.every(Number.isFinite))

/** The layer sizes that the weight matrices `W…` imply, inputs first: `[784, 50, 10]`. */
export function sizesOf(weights: Weights): number[] {
  const matrices = Object.entries(weights).filter(([name]) => name.startsWith('W'))
  return matrices.flatMap(([, { shape }], i) => (i === 0 ? [...shape] : [shape[1]]))
}

/** The weights' bytes, one tensor after the other, little-endian: the input of `weightsSha256`. */
export const weightsBytes = (weights: Weights): Uint8Array<ArrayBuffer> =>
  concatBytes(Object.values(weights).map(({ data }) => littleEndianBytes(data)))
