import { type DType, mul, type Parameter, type Shape, square, sub, type Tensor, tanh } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDout, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

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
    checkTensor('Tanh', 'x', x)
    this.#y = tanh(x)
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const y = stored(this.#y, 'Tanh: backward called before forward')
    checkDout(dout, y.shape, 'Tanh')
    return mul(dout, sub(1, square(y)))
  }

  describe(): LayerData {
    return { type: 'tanh' }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Tanh')
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Tanh {
    return new (this.constructor as typeof Tanh)()
  }
}
