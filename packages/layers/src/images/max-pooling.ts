import { type DType, empty, type Parameter, type Shape, type Tensor } from '@gosa/linalg'
import { imageKernels } from '@gosa/linalg/images'
import { checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, stored } from '../checks.ts'
import type { Layer, LayerData } from '../layer.ts'
import { type PoolingOptions, poolingWindow } from './pooling-window.ts'
import { type SlidingWindow, windowSizes, windowSizesOfSample } from './sliding-window.ts'

/**
 * Max pooling: the largest pixel of each window, channel by channel.
 *
 *     x (N, C, H, W)    y (N, C, OH, OW), OH = ⌊(H + 2·pad − size)/stride⌋ + 1
 *
 *     y[n, c, i, j] = max of the window at (i, j)
 *     dx[n, c, k, l] = Σ dout[n, c, i, j] over the windows whose maximum is x[n, c, k, l]
 *
 * Of equal pixels the first one wins, and NaN wins over numbers. Padding never wins: a window at the edge takes the maximum
 * of the pixels in it. Pixels that the last step does not reach are left out.
 *
 * Source: Deep Learning from Scratch, section 7.4.4 (which forgets the padding in the output size, and pads with zeros).
 */
export class MaxPooling implements Layer {
  readonly options: PoolingOptions
  readonly #window: SlidingWindow
  /** For each output, the position in its window of the pixel that won. */
  #winners?: Tensor
  #x?: Tensor
  #y?: Tensor

  /** Throws a `RangeError` unless size and stride are integers of at least 1, and pad of at least 0 and less than size. */
  constructor(options: PoolingOptions) {
    this.options = options
    this.#window = poolingWindow(options, 'MaxPooling')
  }

  forward(x: Tensor): Tensor {
    checkTensor('MaxPooling', 'x', x)
    const sizes = windowSizes(x.shape, this.#window, 'MaxPooling')
    const y = empty([sizes.N, sizes.C, sizes.OH, sizes.OW], x.dtype)
    this.#winners = empty(y.shape, x.dtype)
    imageKernels().maxPool(x.data, y.data, this.#winners.data, sizes)
    this.#x = x
    this.#y = y
    return y
  }

  backward(dout: Tensor): Tensor {
    const { shape, dtype } = stored(this.#x, 'MaxPooling: backward called before forward')
    checkDoutLike(dout, this.#y as Tensor, 'MaxPooling')
    const sizes = windowSizes(shape, this.#window, 'MaxPooling')
    const dx = empty(shape, dtype)
    imageKernels().maxPoolBackward(dout.data, (this.#winners as Tensor).data, dx.data, sizes)
    return dx
  }

  describe(): LayerData {
    return { type: 'maxPooling', ...this.options }
  }

  parameters(): Parameter[] {
    return []
  }

  /** (C, OH, OW), for an image (C, H, W). */
  outputShape(inputShape: Shape): Shape {
    const { C, OH, OW } = windowSizesOfSample(inputShape, this.#window, 'MaxPooling')
    return [C, OH, OW]
  }

  /** Returns a new layer of the same class and options; it holds nothing that has a dtype. */
  astype(_dtype?: DType): MaxPooling {
    return new (this.constructor as typeof MaxPooling)(this.options)
  }
}
