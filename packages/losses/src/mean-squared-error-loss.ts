import { scale, sub, type Tensor } from '@gosa/linalg'
import { kept } from './kept.ts'
import { meanSquaredError } from './squared-error.ts'

/**
 * Mean squared error as a last layer, for regression: y and t of one shape with n elements.
 *
 *     L = 1/n Σ (y − t)²    dy = dout·2·(y − t)/n
 */
export class MeanSquaredErrorLoss {
  #difference?: Tensor

  /** The loss. Throws a `RangeError` where the shapes differ, a `TypeError` where the dtypes do. */
  forward(y: Tensor, t: Tensor): number {
    const loss = meanSquaredError(y, t)
    this.#difference = sub(y, t)
    return loss
  }

  /** `dy`, in the shape of y. */
  backward(dout = 1): Tensor {
    const difference = kept(this.#difference, 'MeanSquaredErrorLoss: backward called before forward')
    return scale(difference, (2 * dout) / difference.size)
  }
}
