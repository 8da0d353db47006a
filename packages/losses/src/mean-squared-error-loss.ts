import { scale, sub, type Tensor } from '@gosa/linalg'
import { checkDout, stored } from './checks.ts'
import type { Loss, LossData } from './loss.ts'
import { meanSquaredErrorOf } from './squared-error.ts'

/**
 * Mean squared error as the last layer of a network, for regression: y and t have one shape with n elements.
 *
 *     L = 1/n Σ (y − t)²    dy = dout·2·(y − t)/n
 */
export class MeanSquaredErrorLoss implements Loss<Tensor> {
  #difference?: Tensor

  describe(): LossData {
    return { type: 'meanSquaredErrorLoss' }
  }

  /** Returns the loss. Throws a `RangeError` if the shapes differ, a `TypeError` if the dtypes do. */
  forward(y: Tensor, t: Tensor): number {
    const loss = meanSquaredErrorOf(y, t, 'MeanSquaredErrorLoss')
    this.#difference = sub(y, t)
    return loss
  }

  /** Returns `dy`, in the shape of y. */
  backward(dout = 1): Tensor {
    checkDout(dout, 'MeanSquaredErrorLoss')
    const difference = stored(this.#difference, 'MeanSquaredErrorLoss: backward called before forward')
    return scale(difference, (2 * dout) / difference.size)
  }
}
