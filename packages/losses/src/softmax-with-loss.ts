import { argmax, exp, scale, Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkDout, stored } from './checks.ts'
import { meanCrossEntropy } from './cross-entropy.ts'
import { checkLabels, type Labels } from './labels.ts'
import { type Loss, type LossData, NO_CLASS } from './loss.ts'
import { logSoftmaxFor, softmax } from './softmax.ts'
import { checkClassWeights, checkSmoothing, weightedTargets } from './weighted-targets.ts'

export interface SoftmaxWithLossOptions {
  /** ε, from 0 up to, not including, 1: the share of each label that is spread evenly over all classes; 0 by default. */
  labelSmoothing?: number
  /** w (C): how much each class counts; 1 by default. */
  weights?: readonly number[]
}

/**
 * Softmax and cross-entropy in one, the last layer of a classifier: logits x (N, C), or (C) for one sample, and labels t
 * give the mean loss.
 *
 *     y = softmax(x)    L = −1/N Σ t·log y    dx = dout·(y − t)/N
 *
 * With label smoothing ε and class weights w, `q_nc = w_c·((1 − ε)·t_nc + ε/C)` takes the place of t:
 *
 *     L = −1/N Σ q·log y    dx_nc = dout·(y_nc·Σ_k q_nk − q_nc)/N
 *
 * Class indices and the one-hot rows of the same classes give the same bits. The mean is over the N samples with weights as
 * well (PyTorch divides by the sum of the weights if labels are class indices, and by N if they are probabilities).
 *
 * Sources: Deep Learning from Scratch, section 5.6.3 and appendix A, whose `backward` ignores `dout`, while ours does not;
 * Szegedy et al. 2016, section 7 (label smoothing).
 */
export class SoftmaxWithLoss implements Loss<Labels> {
  readonly classifies = true
  readonly labelSmoothing: number
  /** May be changed between steps. */
  weights: readonly number[] | undefined
  #logY?: Tensor
  #y?: Tensor
  #loss?: number
  #labels?: Labels
  /** The q of the latest `forward`; undefined without smoothing and weights. */
  #targets?: Float64Array

  /** Throws a `RangeError` for an ε outside of its range. */
  constructor(options?: SoftmaxWithLossOptions) {
    const { labelSmoothing = 0, weights } = checkOptions('SoftmaxWithLoss', options, [
      'labelSmoothing',
      'weights',
    ])
    this.labelSmoothing = checkSmoothing(labelSmoothing, 'SoftmaxWithLoss')
    this.weights = weights
  }

  /** The probabilities of the latest `forward`, in the shape of the logits. Throws an `Error` before the first one. */
  get y(): Tensor {
    return this.#probabilities('SoftmaxWithLoss: y read before forward')
  }

  /** The loss of the latest `forward`. Throws an `Error` before the first one. */
  get loss(): number {
    return stored(this.#loss, 'SoftmaxWithLoss: loss read before forward')
  }

  describe(): LossData {
    const { labelSmoothing, weights } = this
    return { type: 'softmaxWithLoss', labelSmoothing, ...(weights && { weights: [...weights] }) }
  }

  /** Returns the loss. Throws a `RangeError` or `TypeError` if shapes, labels or weights do not fit, see `checkLabels`. */
  forward(logits: Tensor, labels: Labels): number {
    const logY = logSoftmaxFor(logits, 'SoftmaxWithLoss')
    const C = logY.shape[logY.rank - 1]
    const { labelSmoothing, weights } = this
    if (weights) checkClassWeights(weights, C, 'SoftmaxWithLoss')
    let targets: Float64Array | undefined
    let loss: number
    if (labelSmoothing === 0 && !weights) {
      loss = meanCrossEntropy(logY, labels, 'SoftmaxWithLoss')
    } else {
      checkLabels(labels, logits, 'SoftmaxWithLoss')
      targets = weightedTargets(labels, logY.size / C, C, { labelSmoothing, weights })
      loss = crossEntropyOf(logY.data, targets) / (logY.size / C)
    }
    this.#logY = logY
    this.#y = undefined
    this.#loss = loss
    this.#labels = labels
    this.#targets = targets
    return loss
  }

  /** Returns `dx`, in the shape of the logits. `dout` is the derivative with respect to the loss L, a number. */
  backward(dout = 1): Tensor {
    checkDout(dout, 'SoftmaxWithLoss')
    const y = this.#probabilities('SoftmaxWithLoss: backward called before forward')
    const t = stored(this.#labels, 'SoftmaxWithLoss: backward called before forward')
    const C = y.shape[y.rank - 1]
    const N = y.size / C
    const dx = scale(y, dout / N)
    if (this.#targets) {
      subtractTargets(dx, y, this.#targets, C, dout / N)
    } else if (t instanceof Tensor) {
      // As for class indices, so that one-hot rows give the same bits: nothing is subtracted where t is 0.
      for (let i = 0; i < dx.size; i++) if (t.data[i] !== 0) dx.data[i] -= t.data[i] * (dout / N)
    } else {
      for (let n = 0; n < N; n++) dx.data[n * C + t[n]] -= dout / N
    }
    return dx
  }

  /** Returns `softmax(logits)`. */
  probabilities(logits: Tensor): Tensor {
    return softmax(logits)
  }

  /** Returns the class of the largest logit of each sample. */
  classes(logits: Tensor): Int32Array {
    return largestClasses(logits)
  }

  /** Computed at the first access, since a loss alone does not need them. */
  #probabilities(message: string): Tensor {
    const logY = stored(this.#logY, message)
    this.#y ??= exp(logY, { out: logY })
    return this.#y
  }
}

/** `−Σ q·log y`; a class of weight 0 adds nothing, even if its logarithm is −∞. */
function crossEntropyOf(logY: ArrayLike<number>, q: Float64Array): number {
  let total = 0
  for (let i = 0; i < q.length; i++) if (q[i] !== 0) total -= q[i] * logY[i]
  return total
}

/** Writes `(y_nc·Σ_k q_nk − q_nc)·factor` into dx. */
function subtractTargets(dx: Tensor, y: Tensor, q: Float64Array, C: number, factor: number): void {
  for (let start = 0; start < q.length; start += C) {
    let sum = 0
    for (let c = start; c < start + C; c++) sum += q[c]
    for (let c = start; c < start + C; c++) dx.data[c] = (y.data[c] * sum - q[c]) * factor
  }
}

/** Returns the index of the largest of each row of scores (N, C), or of (C); `NO_CLASS` for a row that contains NaN. */
export function largestClasses(scores: Tensor): Int32Array {
  const C = scores.shape[scores.rank - 1]
  const largest = argmax(scores.reshape([-1, C]), { axis: 1 })
  // argmax takes NaN for the largest, so a row contains NaN exactly if its maximum is NaN.
  return largest.map((c, n) => (Number.isNaN(scores.data[n * C + c]) ? NO_CLASS : c))
}
