import { exp, scale, sub, Tensor } from '@gosa/linalg'
import { checkDout, stored } from './checks.ts'
import { meanCrossEntropy } from './cross-entropy.ts'
import type { Labels } from './labels.ts'
import type { Loss } from './loss.ts'
import { logSoftmaxFor } from './softmax.ts'

/**
 * Softmax and cross-entropy in one, the last layer of a classifier: logits x (N, C), or (C) for one sample, and labels t
 * give the mean loss.
 *
 *     y = softmax(x)    L = −1/N Σ t·log y    dx = dout·(y − t)/N
 *
 * Source: Deep Learning from Scratch, section 5.6.3 and appendix A. Its `backward` ignores `dout`; ours does not.
 */
export class SoftmaxWithLoss implements Loss<Labels> {
  readonly classifies = true
  #logY?: Tensor
  #y?: Tensor
  #loss?: number
  #labels?: Labels

  /** The probabilities of the latest `forward`, in the shape of the logits. Throws an `Error` before the first one. */
  get y(): Tensor {
    return this.#probabilities('SoftmaxWithLoss: y read before forward')
  }

  /** The loss of the latest `forward`. Throws an `Error` before the first one. */
  get loss(): number {
    return stored(this.#loss, 'SoftmaxWithLoss: loss read before forward')
  }

  /** Returns the loss. Throws a `RangeError` or `TypeError` if shapes or labels do not fit, see `checkLabels`. */
  forward(logits: Tensor, labels: Labels): number {
    const logY = logSoftmaxFor(logits, 'SoftmaxWithLoss')
    const loss = meanCrossEntropy(logY, labels, 'SoftmaxWithLoss')
    this.#logY = logY
    this.#y = undefined
    this.#loss = loss
    this.#labels = labels
    return loss
  }

  /** Returns `dx`, in the shape of the logits. `dout` is the derivative with respect to the loss L, a number. */
  backward(dout = 1): Tensor {
    checkDout(dout, 'SoftmaxWithLoss')
    const y = this.#probabilities('SoftmaxWithLoss: backward called before forward')
    const t = stored(this.#labels, 'SoftmaxWithLoss: backward called before forward')
    const C = y.shape[y.rank - 1]
    const N = y.size / C
    if (t instanceof Tensor) return scale(sub(y, t), dout / N)
    const dx = scale(y, dout / N)
    for (let n = 0; n < N; n++) dx.data[n * C + t[n]] -= dout / N
    return dx
  }

  /** Computed at the first access, since a loss alone does not need them. */
  #probabilities(message: string): Tensor {
    const logY = stored(this.#logY, message)
    this.#y ??= exp(logY, { out: logY })
    return this.#y
  }
}
