import {
  abs,
  add,
  type DType,
  exp,
  log,
  map,
  mul,
  negate,
  type Parameter,
  type Shape,
  sigmoid,
  type Tensor,
} from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDout, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

/**
 * Softplus, a smooth ReLU: `y = log(1 + eˣ)`, in any shape.
 *
 *     dx = dout · 1/(1 + e⁻ˣ)
 *
 * Computed as `max(x, 0) + log(1 + e⁻|ˣ|)`, which neither overflows nor loses small results.
 *
 * Source: Dugas et al. 2001, "Incorporating second-order functional knowledge for better option pricing".
 */
export class Softplus implements Layer {
  #x?: Tensor

  forward(x: Tensor): Tensor {
    checkTensor('Softplus', 'x', x)
    this.#x = x
    const u = exp(negate(abs(x)))
    const w = add(1, u)
    const logW = log(w)
    // log(1 + u) = u·log(w)/(w − 1) with w the rounded 1 + u: the rounding errors cancel (W. Kahan).
    return map(x, (value, i) => {
      const tail = w.data[i] === 1 ? u.data[i] : (u.data[i] * logW.data[i]) / (w.data[i] - 1)
      return Math.max(value, 0) + tail
    })
  }

  backward(dout: Tensor): Tensor {
    const x = stored(this.#x, 'Softplus: backward called before forward')
    checkDout(dout, x.shape, 'Softplus')
    return mul(dout, sigmoid(x))
  }

  describe(): LayerData {
    return { type: 'softplus' }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Softplus')
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Softplus {
    return new (this.constructor as typeof Softplus)()
  }
}
