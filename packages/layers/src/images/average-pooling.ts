import { type DType, empty, type Parameter, type Shape, type Tensor } from '@gosa/linalg'
import { checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'
import { averagePool, averagePoolBackward } from './pool.ts'
import { type PoolingOptions, poolingWindow } from './pooling-window.ts'
import { type SlidingWindow, windowSizes, windowSizesOfSample } from './sliding-window.ts'

/**
 * Average pooling: the mean of the pixels in each window, channel by channel.
 *
 *     x (N, C, H, W)    y (N, C, OH, OW), OH = ⌊(H + 2·pad − size)/stride⌋ + 1
 *
 *     y[n, c, i, j] = 1/m · Σ x[n, c, k, l] over the m pixels of the window at (i, j)
 *     dx[n, c, k, l] = Σ dout[n, c, i, j]/m over the windows that contain the pixel
 *
 * Padding does not count: a window at the edge takes the mean of the pixels in it (PyTorch: `count_include_pad=False`).
 * Pixels that the last step does not reach are left out.
 *
 * Source: Deep Learning from Scratch, section 7.3.1, which names it beside max pooling.
 */
export class AveragePooling implements Layer {
  readonly options: PoolingOptions
  readonly #window: SlidingWindow
  #x?: Tensor
  #y?: Tensor

  /** Throws a `RangeError` unless size and stride are integers of at least 1, and pad of at least 0 and less than size. */
  constructor(options: PoolingOptions) {
    this.options = options
    this.#window = poolingWindow(options, 'AveragePooling')
  }

  forward(x: Tensor): Tensor {
    checkTensor('AveragePooling', 'x', x)
    const sizes = windowSizes(x.shape, this.#window, 'AveragePooling')
    const y = empty([sizes.N, sizes.C, sizes.OH, sizes.OW], x.dtype)
    averagePool(x.data, y.data, sizes)
    this.#x = x
    this.#y = y
    return y
  }

  backward(dout: Tensor): Tensor {
    const { shape, dtype } = stored(this.#x, 'AveragePooling: backward called before forward')
    checkDoutLike(dout, this.#y as Tensor, 'AveragePooling')
    const dx = empty(shape, dtype)
    averagePoolBackward(dout.data, dx.data, windowSizes(shape, this.#window, 'AveragePooling'))
    return dx
  }

  describe(): LayerData {
    return { type: 'averagePooling', ...this.options }
  }

  parameters(): Parameter[] {
    return []
  }

  /** (C, OH, OW), for an image (C, H, W). */
  outputShape(inputShape: Shape): Shape {
    const { C, OH, OW } = windowSizesOfSample(inputShape, this.#window, 'AveragePooling')
    return [C, OH, OW]
  }

  /** Returns a new layer of the same class and options; it holds nothing that has a dtype. */
  astype(_dtype?: DType): AveragePooling {
    return new (this.constructor as typeof AveragePooling)(this.options)
  }
}
