import { type DType, map, type Parameter, type Shape, type Tensor } from '@gosa/linalg'
import { checkOptions, checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

/**
 * Leaky rectified linear unit: `y = x` where x > 0, else `slope·x`, in any shape.
 *
 *     dx = dout where x > 0, else slope·dout
 *
 * At the kink, x = 0, the derivative is `slope`.
 *
 * Source: Maas, Hannun, Ng 2013, "Rectifier nonlinearities improve neural network acoustic models".
 */
export class LeakyRelu implements Layer {
  /** The slope for negative x. */
  readonly slope: number
  #x?: Tensor

  /** Throws a `RangeError` unless `slope` is a finite number. */
  constructor(options?: { slope?: number }) {
    const { slope = 0.01 } = checkOptions('LeakyRelu', options, ['slope'])
    if (!Number.isFinite(slope))
      throw new RangeError(`LeakyRelu: slope must be a finite number, not ${slope}`)
    this.slope = slope
  }

  forward(x: Tensor): Tensor {
    checkTensor('LeakyRelu', 'x', x)
    this.#x = x
    const { slope } = this
    return map(x, (value) => (value > 0 ? value : slope * value))
  }

  backward(dout: Tensor): Tensor {
    const x = stored(this.#x, 'LeakyRelu: backward called before forward')
    checkDoutLike(dout, x, 'LeakyRelu')
    const { slope } = this
    return map(dout, (value, i) => (x.data[i] > 0 ? value : slope * value))
  }

  describe(): LayerData {
    return { type: 'leakyRelu', slope: this.slope }
  }

  parameters(): Parameter[] {
    return []
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'LeakyRelu')
  }

  /** Returns a new layer of the same class and slope; it holds nothing that has a dtype. */
  astype(_dtype?: DType): LeakyRelu {
    return new (this.constructor as typeof LeakyRelu)({ slope: this.slope })
  }
}
