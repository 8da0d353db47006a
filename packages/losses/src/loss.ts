/** What a network needs of its loss. */
import type { Tensor } from '@gosa/linalg'

/**
 * A loss, the last layer of a network in training: `forward(y, t)` returns a number, the loss L of outputs y for targets t,
 * and `backward(dout = 1)` returns `dy = dout·∂L/∂y` of the latest `forward`, in the shape of y.
 */
export interface Loss<Target> {
  forward(y: Tensor, t: Target): number
  backward(dout?: number): Tensor
  /** Whether y (N, C) are scores of classes and t are `Labels`, so that an accuracy exists. */
  readonly classifies?: boolean
}
