/**
 * The network as training sees it: `Classifier`, which networks satisfy by their shape, its samples, and its weights as a
 * record of tensors by name.
 */
import type { Samples } from '@gosa/datasets'
import type { Parameter, Tensor } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'

/** What training needs of a network; `Network`, `TwoLayerNet` and `MultiLayerNet` satisfy it. */
export interface Classifier {
  /** The logits (N, C) of samples (N, …). */
  predict(x: Tensor): Tensor
  /** Computes the loss, and the gradients that `parameters` hand out. */
  lossAndGradient(x: Tensor, t: Labels): { readonly loss: number }
  /** The weights in the order in which they are saved and hashed. */
  parameters(): Parameter[]
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
