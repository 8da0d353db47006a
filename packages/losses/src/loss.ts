/** What a network needs of its loss. */
import type { Tensor } from '@gosa/linalg'

/**
 * A loss, the last layer of a network in training: `forward(y, t)` returns a number, the loss L of outputs y for targets t,
 * and `backward(dout = 1)` returns `dy = dout·∂L/∂y` of the latest `forward`, in the shape of y.
 */
export interface Loss<Target> {
  forward(y: Tensor, t: Target): number
  backward(dout?: number): Tensor
  /** Whether the targets are classes, `Labels`, so that an accuracy exists. */
  readonly classifies?: boolean
  /** Returns the probabilities that outputs y stand for, in the shape of y. Only losses of classifiers have it. */
  probabilities?(y: Tensor): Tensor
  /**
   * Returns the class of each sample that outputs y stand for, `NO_CLASS` where they contain NaN. Only losses of classifiers
   * have it.
   */
  classes?(y: Tensor): Int32Array
  /** Returns the loss as plain data, from which `loadModel` of `@gosa/networks` makes one like it. */
  describe?(): LossData
}

/** A loss as plain data: its type and options. */
export interface LossData {
  readonly type: string
  readonly [option: string]: unknown
}

/** The predicted class of a sample whose outputs contain NaN: it is no class. */
export const NO_CLASS = -1
