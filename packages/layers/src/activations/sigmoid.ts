import { type DType, mul, type Parameter, type Shape, sigmoid, sub, type Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDout, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

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
    checkTensor('Sigmoid', 'x', x)
    this.#y = sigmoid(x)
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const y = stored(this.#y, 'Sigmoid: backward called before forward')
    checkDout(dout, y.shape, 'Sigmoid')
    return mul(dout, mul(y, sub(1, y)))
  }

  describe(): LayerData {
    return { type: 'sigmoid' }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Sigmoid')
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Sigmoid {
    return new (this.constructor as typeof Sigmoid)()
  }
}
