import { type DType, map, type Parameter, type Shape, scale, type Tensor, tanh } from '@gosa/linalg'
import { checkOptions, checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

/**
 * Exponential linear unit: `y = x` where x > 0, else `alpha·(eˣ − 1)`, in any shape.
 *
 *     dx = dout where x > 0, else dout · (y + alpha)
 *
 * since `alpha·eˣ = y + alpha`. At x = 0 the derivative is `alpha`, that from the left.
 *
 * Source: Clevert, Unterthiner, Hochreiter 2016, "Fast and accurate deep network learning by exponential linear units".
 */
export class Elu implements Layer {
  /** The limit of y for x → −∞ is `−alpha`. */
  readonly alpha: number
  #x?: Tensor
  #y?: Tensor

  /** Throws a `RangeError` unless `alpha` is a finite number. */
  constructor(options?: { alpha?: number }) {
    const { alpha = 1 } = checkOptions('Elu', options, ['alpha'])
    if (!Number.isFinite(alpha)) throw new RangeError(`Elu: alpha must be a finite number, not ${alpha}`)
    this.alpha = alpha
  }

  forward(x: Tensor): Tensor {
    checkTensor('Elu', 'x', x)
    const { alpha } = this
    // eˣ − 1 = 2t/(1 − t) with t = tanh(x/2): no cancellation near 0, and the same bits on every engine.
    const t = tanh(scale(x, 0.5)).data
    this.#x = x
    this.#y = map(x, (value, i) => (value > 0 ? value : alpha * ((2 * t[i]) / (1 - t[i]))))
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const x = stored(this.#x, 'Elu: backward called before forward').data
    const y = stored(this.#y, 'Elu: backward called before forward')
    checkDoutLike(dout, y, 'Elu')
    const { alpha } = this
    return map(dout, (value, i) => (x[i] > 0 ? value : value * (y.data[i] + alpha)))
  }

  describe(): LayerData {
    return { type: 'elu', alpha: this.alpha }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Elu')
  }

  /** Returns a new layer of the same class and alpha; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Elu {
    return new (this.constructor as typeof Elu)({ alpha: this.alpha })
  }
}
