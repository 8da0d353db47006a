import {
  add,
  type DType,
  mean,
  type Parameter,
  type Shape,
  scale,
  showShape,
  type Tensor,
  zeros,
} from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'

/**
 * Global average pooling: the mean of each channel, of images of any size.
 *
 *     x (N, C, H, W)    y (N, C)
 *
 *     y[n, c] = 1/(H·W) · Σ x[n, c, k, l]    dx[n, c, k, l] = dout[n, c]/(H·W)
 *
 * Source: Lin, Chen, Yan 2014, "Network in network".
 */
export class GlobalAveragePooling implements Layer {
  #x?: Tensor
  #y?: Tensor

  forward(x: Tensor): Tensor {
    checkTensor('GlobalAveragePooling', 'x', x)
    if (x.rank !== 4 || x.size === 0) {
      throw new RangeError(
        `GlobalAveragePooling: x has shape ${showShape(x.shape)}, but it takes images (N, C, H, W)`,
      )
    }
    this.#x = x
    this.#y = mean(x.reshape([x.shape[0], x.shape[1], -1]), { axis: 2 })
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    const { shape, dtype } = stored(this.#x, 'GlobalAveragePooling: backward called before forward')
    checkDoutLike(dout, this.#y as Tensor, 'GlobalAveragePooling')
    const [N, C, H, W] = shape
    const share = scale(dout, 1 / (H * W)).reshape([N, C, 1, 1])
    return add(zeros(shape, { dtype }), share)
  }

  describe(): LayerData {
    return { type: 'globalAveragePooling' }
  }

  parameters(): Parameter[] {
    return []
  }

  /** (C), for an image (C, H, W). */
  outputShape(inputShape: Shape): Shape {
    if (checkSampleShape(inputShape, 'GlobalAveragePooling').length === 3) return [inputShape[0]]
    throw new RangeError(
      `GlobalAveragePooling: one sample has shape ${showShape(inputShape)}, but it takes an image (C, H, W)`,
    )
  }

  /** Returns a new layer of the same class; it holds nothing that has a dtype. */
  astype(_dtype?: DType): GlobalAveragePooling {
    return new (this.constructor as typeof GlobalAveragePooling)()
  }
}
