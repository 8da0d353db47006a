import { type DType, type Parameter, relu, type Shape, type Tensor } from '@gosa/linalg'
import { maskPositive } from '@gosa/linalg/kernels'
import { checkTensor } from '@gosa/linalg/options'
import { checkDout, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

/**
 * Rectified linear unit: `y = max(0, x)`, in any shape.
 *
 *     dx = dout where x > 0, else 0
 *
 * At the kink, x = 0, the derivative is 0. NaN passes through, forwards and backwards.
 *
 * Source: Deep Learning from Scratch, section 5.5.1 (whose `backward` writes into the caller's `dout`; ours does not).
 */
export class Relu implements Layer {
  #x?: Tensor

  forward(x: Tensor): Tensor {
    checkTensor('Relu', 'x', x)
    this.#x = x
    return relu(x)
  }

  backward(dout: Tensor): Tensor {
    const x = stored(this.#x, 'Relu: backward called before forward')
    checkDout(dout, x.shape, 'Relu')
    return maskPositive(dout, x)
  }

  describe(): LayerData {
    return { type: 'relu' }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Relu')
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Relu {
    return new (this.constructor as typeof Relu)()
  }
}
