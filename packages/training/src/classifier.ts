import type { Parameter } from '@gosa/layers'
import type { Tensor } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'

/** What training needs of a network; `TwoLayerNet` is one. */
export interface Classifier {
  /** The logits (N, C) of samples (N, D). */
  predict(x: Tensor): Tensor
  /** Computes the gradients that `parameters` hand out, and the loss that `lastLayer` keeps. */
  gradient(x: Tensor, t: Labels): unknown
  /** The weights in the order in which they are saved and hashed. */
  parameters(): Parameter[]
  readonly lastLayer: { readonly loss: number }
}
