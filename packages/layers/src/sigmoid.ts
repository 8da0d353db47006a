import { mul, sigmoid, sub, type Tensor } from '@gosa/linalg'
import { checkDout } from './check-dout.ts'
import { kept } from './kept.ts'
import type { Layer, Parameter } from './layer.ts'

/**
 * Sigmoid: `y = 1/(1 + e⁻ˣ)`, in any shape.
 *
 *     dx = dout · y·(1 − y)
 *
 * Source: Deep Learning from Scratch, section 5.5.2.
 */
export class Sigmoid implements Layer {
  #y?: Tensor

  forward(x: Tensor): Tensor {
    this.#y = sigmoid(x)
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const y = kept(this.#y, 'Sigmoid')
    checkDout(dout, y.shape, 'Sigmoid')
    return mul(dout, mul(y, sub(1, y)))
  }

  parameters(): Parameter[] {
    return []
  }
}
