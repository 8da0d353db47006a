import { scale, type Tensor } from '@gosa/linalg'
import { checkOptions } from '@gosa/linalg/options'
import { checkDout, stored } from './checks.ts'
import type { Loss, LossData } from './loss.ts'
import { checkSameShape } from './squared-error.ts'

/**
 * Huber loss as the last layer of a network, for regression with outliers: squared for differences `d = y − t` up to δ,
 * linear beyond. y and t have one shape with n elements.
 *
 *     L = 1/n Σ h(d)    h(d) = d²/2 for |d| ≤ δ, else δ·(|d| − δ/2)
 *     dy = dout·max(−δ, min(d, δ))/n
 *
 * Source: Huber 1964.
 */
export class HuberLoss implements Loss<Tensor> {
  readonly delta: number
  #y?: Tensor
  #t?: Tensor

  /** Throws a `RangeError` unless δ, 1 by default, is finite and above 0. */
  constructor(options?: { delta?: number }) {
    const { delta = 1 } = checkOptions('HuberLoss', options, ['delta'])
    if (!(delta > 0 && delta < Infinity)) {
      throw new RangeError(`HuberLoss: delta must be a finite number above 0, not ${delta}`)
    }
    this.delta = delta
  }

  describe(): LossData {
    return { type: 'huberLoss', delta: this.delta }
  }

  /** Returns the loss. Throws a `RangeError` if the shapes differ, a `TypeError` if the dtypes do. */
  forward(y: Tensor, t: Tensor): number {
    checkSameShape(y, t, 'HuberLoss')
    let total = 0
    for (let i = 0; i < y.size; i++) {
      const d = Math.abs(y.data[i] - t.data[i])
      total += d <= this.delta ? (d * d) / 2 : this.delta * (d - this.delta / 2)
    }
    this.#y = y
    this.#t = t
    return total / y.size
  }

  /** Returns `dy`, in the shape of y. */
  backward(dout = 1): Tensor {
    checkDout(dout, 'HuberLoss')
    const y = stored(this.#y, 'HuberLoss: backward called before forward')
    const { data: t } = this.#t as Tensor
    const dy = scale(y, 1)
    for (let i = 0; i < dy.size; i++) {
      const clipped = Math.max(-this.delta, Math.min(y.data[i] - t[i], this.delta))
      dy.data[i] = (dout * clipped) / dy.size
    }
    return dy
  }
}
