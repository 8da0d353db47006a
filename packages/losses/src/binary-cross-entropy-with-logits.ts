import { abs, add, exp, log, negate, scale, sigmoid, Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkDout, stored } from './checks.ts'
import { checkBinaryLabels, type Labels } from './labels.ts'
import { type Loss, type LossData, NO_CLASS } from './loss.ts'
import { checkClassWeights } from './weighted-targets.ts'

export interface BinaryCrossEntropyOptions {
  /** (w₀, w₁): how much the classes 0 and 1 count; 1 by default. */
  weights?: readonly number[]
}

/**
 * Sigmoid and cross-entropy in one, the last layer of a network that answers yes or no: logits x (N, 1), or (N), and labels
 * t, classes 0 and 1 as indices (N) or probabilities of class 1 in the shape of x. Logits (N, K) are K independent questions;
 * their labels are probabilities (N, K).
 *
 *     y = σ(x) = 1/(1 + e⁻ˣ)
 *     L = −1/n Σ (w₁·t·log y + w₀·(1 − t)·log(1 − y))
 *     dx = dout·(w₀·(1 − t)·y − w₁·t·(1 − y))/n
 *
 * over all n logits, w = 1 by default; then `dx = dout·(y − t)/n`. Computed in float64 as `log(1 + e⁻|ˣ|) + max(∓x, 0)`, so
 * that no logit overflows, and rounded once. One logit x gives the loss that `SoftmaxWithLoss` gives for logits (0, x).
 */
export class BinaryCrossEntropyWithLogits implements Loss<Labels> {
  readonly classifies = true
  /** May be changed between steps. */
  weights: readonly number[] | undefined
  #logits?: Tensor
  #targets?: ArrayLike<number>

  constructor(options?: BinaryCrossEntropyOptions) {
    this.weights = checkOptions('BinaryCrossEntropyWithLogits', options, ['weights']).weights
  }

  describe(): LossData {
    const { weights } = this
    return { type: 'binaryCrossEntropyWithLogits', ...(weights && { weights: [...weights] }) }
  }

  /** Returns the loss. Throws a `RangeError` or `TypeError` if shapes, labels or weights do not fit. */
  forward(logits: Tensor, labels: Labels): number {
    checkBinaryLabels(labels, logits, 'BinaryCrossEntropyWithLogits')
    const [w0, w1] = this.#classWeights()
    const t = labels instanceof Tensor ? labels.data : labels
    const { data: x } = logits
    const { data: logs } = log(add(exp(negate(abs(logits.astype('float64')))), 1))
    let total = 0
    for (let i = 0; i < t.length; i++) {
      // A class that t does not hold adds nothing, even if its logarithm is −∞.
      if (t[i] > 0) total += w1 * t[i] * (logs[i] + Math.max(-x[i], 0))
      if (t[i] < 1) total += w0 * (1 - t[i]) * (logs[i] + Math.max(x[i], 0))
    }
    this.#logits = logits
    this.#targets = t
    return total / t.length
  }

  /** Returns `dx`, in the shape of the logits. */
  backward(dout = 1): Tensor {
    checkDout(dout, 'BinaryCrossEntropyWithLogits')
    const logits = stored(this.#logits, 'BinaryCrossEntropyWithLogits: backward called before forward')
    const t = this.#targets as ArrayLike<number>
    const [w0, w1] = this.#classWeights()
    const { data: y } = sigmoid(logits.astype('float64'))
    const dx = scale(logits, 1)
    for (let i = 0; i < t.length; i++) {
      const difference = w0 === w1 ? w0 * (y[i] - t[i]) : w0 * (1 - t[i]) * y[i] - w1 * t[i] * (1 - y[i])
      dx.data[i] = (dout * difference) / t.length
    }
    return dx
  }

  /** Returns `σ(logits)`, the probabilities of class 1. */
  probabilities(logits: Tensor): Tensor {
    return sigmoid(logits)
  }

  /**
   * Returns 1 for each sample whose logit is above 0, 0 for the others. Throws a `RangeError` if samples have several logits:
   * they are independent, so there is no one class.
   */
  classes(logits: Tensor): Int32Array {
    if (logits.rank > 1 && logits.size !== logits.shape[0]) {
      throw new RangeError(
        `BinaryCrossEntropyWithLogits: samples with ${logits.size / logits.shape[0]} independent logits have no one class; ` +
          'compare each of their probabilities with 0.5',
      )
    }
    return Int32Array.from(logits.data, (x) => (Number.isNaN(x) ? NO_CLASS : x > 0 ? 1 : 0))
  }

  #classWeights(): readonly number[] {
    if (this.weights) checkClassWeights(this.weights, 2, 'BinaryCrossEntropyWithLogits')
    return this.weights ?? [1, 1]
  }
}
