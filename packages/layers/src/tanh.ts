import { mul, square, sub, type Tensor, tanh } from '@gosa/linalg'
import { checkDout } from './check-dout.ts'
import { kept } from './kept.ts'
import type { Layer, Parameter } from './layer.ts'

/**
 * Hyperbolic tangent: `y = tanh x`, in any shape.
 *
 *     dx = dout · (1 − y²)
 *
 * Source: Deep Learning from Scratch, section 6.2 (as activation function).
 */
export class Tanh implements Layer {
  #y?: Tensor

  forward(x: Tensor): Tensor {
    this.#y = tanh(x)
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const y = kept(this.#y, 'Tanh')
    checkDout(dout, y.shape, 'Tanh')
    return mul(dout, sub(1, square(y)))
  }

  parameters(): Parameter[] {
    return []
  }
}
