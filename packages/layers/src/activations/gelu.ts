import { type DType, map, type Parameter, type Shape, type Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'
import { standardNormal } from './standard-normal.ts'

/**
 * Gaussian error linear unit: `y = x·Φ(x)`, in any shape, with Φ the distribution function of the standard normal
 * distribution and φ its density.
 *
 *     dx = dout · (Φ(x) + x·φ(x))
 *
 * This is the exact form, PyTorch's default, not the approximation by tanh.
 *
 * Source: Hendrycks, Gimpel 2016, "Gaussian error linear units (GELUs)".
 */
export class Gelu implements Layer {
  #x?: Tensor
  #slope?: Float64Array

  forward(x: Tensor): Tensor {
    checkTensor('Gelu', 'x', x)
    const { density, distribution } = standardNormal(x)
    const slope = new Float64Array(x.size)
    for (let i = 0; i < slope.length; i++) {
      // x·φ(x) → 0 for x → ±∞, but ∞·0 is NaN.
      slope[i] = distribution[i] + (density[i] === 0 ? 0 : x.data[i] * density[i])
    }
    this.#x = x
    this.#slope = slope
    return map(x, (value, i) => (distribution[i] === 0 ? 0 : value * distribution[i]))
  }

  backward(dout: Tensor): Tensor {
    const slope = stored(this.#slope, 'Gelu: backward called before forward')
    checkDoutLike(dout, this.#x as Tensor, 'Gelu')
    return map(dout, (value, i) => value * slope[i])
  }

  describe(): LayerData {
    return { type: 'gelu' }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Gelu')
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): Gelu {
    return new (this.constructor as typeof Gelu)()
  }
}
