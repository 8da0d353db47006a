import {
  type DType,
  empty,
  type Parameter,
  type Rng,
  randomNormal,
  type Shape,
  showShape,
  type Tensor,
  zeros,
} from '@gosa/linalg'
import { type ConvolutionSizes, imageKernels } from '@gosa/linalg/images'
import { checkOptions, checkRng, checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, stored } from '../checks.ts'
import { type BackwardOptions, type Layer, type LayerData, parameter } from '../layer.ts'
import { standardDeviation, type WeightInit } from '../weight-init.ts'
import {
  type Pair,
  type SlidingWindow,
  slidingWindow,
  windowSizes,
  windowSizesOfSample,
} from './sliding-window.ts'

/** Each a number for both directions, or `[vertical, horizontal]`. */
export interface ConvolutionOptions {
  /** Step of the filters in pixels; 1 by default. */
  readonly stride?: Pair
  /** Width of the border of zeros around each image; 0 by default. */
  readonly pad?: Pair
}

/** Options of `Convolution.init`. */
export interface ConvolutionInit extends ConvolutionOptions {
  /** Number of channels of the images. */
  readonly channels: number
  /** Number of filters, the channels of the output. */
  readonly filters: number
  /** Size of the filters in pixels. */
  readonly kernel: Pair
  /** Standard deviation of the random weights; `he` by default. */
  readonly init?: WeightInit
  readonly rng: Rng
  /** `float32` by default. */
  readonly dtype?: DType
}

/**
 * Convolution layer: F filters of FH × FW pixels slide over images of C channels; each position gives one pixel of one of F
 * feature maps. (As everywhere in this field, the filter is not flipped: it is a cross-correlation.)
 *
 *     x (N, C, H, W)    W (F, C, FH, FW)    b (F)    y (N, F, OH, OW), OH = ⌊(H + 2·pad − FH)/stride⌋ + 1
 *
 * With the windows of an image as the rows of a matrix X (OH·OW, C·FH·FW), see `im2col`, the filters as the rows of
 * W (F, C·FH·FW), and the feature maps as the rows of Y and of dY = ∂L/∂Y (F, OH·OW), it is an affine layer for each image:
 *
 *     Y = W·Xᵀ + b        dX = dYᵀ·W    dW = Σₙ dY·X    db = Σₙ dY summed over its columns
 *
 * and `dx` is the sum of the rows of dX over the pixels that they were copied from, see `col2im`. The kernels compute the same
 * without writing the windows down.
 *
 * Source: Deep Learning from Scratch, sections 7.2 and 7.4.
 */
export class Convolution implements Layer {
  /** (F, C, FH, FW). Owned by the layer; an optimizer's `step` writes into it. */
  readonly W: Tensor
  /** (F) */
  readonly b: Tensor
  readonly options: ConvolutionOptions
  readonly #window: SlidingWindow
  #x?: Tensor
  #y?: Tensor
  #dW?: Tensor
  #db?: Tensor

  /**
   * Takes `W` and `b` themselves, no copies. Throws a `RangeError` if their shapes do not fit each other or an option is out
   * of range, a `TypeError` if their dtypes differ.
   */
  constructor(W: Tensor, b: Tensor, options?: ConvolutionOptions) {
    checkTensor('Convolution', 'W', W)
    checkTensor('Convolution', 'b', b)
    if (W.rank !== 4 || b.rank !== 1 || b.shape[0] !== W.shape[0]) {
      throw new RangeError(
        `Convolution: W ${showShape(W.shape)} must hold filters (F, C, FH, FW) and b ${showShape(b.shape)} a number for each (F)`,
      )
    }
    if (W.dtype !== b.dtype)
      throw new TypeError(`Convolution: W is ${W.dtype} and b ${b.dtype}: convert one with astype`)
    const { stride = 1, pad = 0 } = checkOptions('Convolution', options, ['stride', 'pad'])
    this.W = W
    this.b = b
    this.options = { stride, pad }
    this.#window = slidingWindow({ size: [W.shape[2], W.shape[3]], stride, pad }, 'Convolution')
  }

  /**
   * Returns a layer with normally distributed random `W` (filters, channels, …kernel) and `b = 0`; `init` sets the standard
   * deviation for channels·FH·FW inputs per output, see `WeightInit`. Throws a `RangeError` for sizes below 1 or an `init`
   * that is not one.
   */
  static init(options: ConvolutionInit): Convolution {
    const known = ['channels', 'filters', 'kernel', 'stride', 'pad', 'init', 'rng', 'dtype'] as const
    const required = ['channels', 'filters', 'kernel', 'rng'] as const
    const {
      channels,
      filters,
      kernel,
      stride,
      pad,
      init = 'he',
      rng,
      dtype = 'float32',
    } = checkOptions('Convolution.init', options, known, required)
    checkRng('Convolution.init', rng)
    for (const [name, size] of Object.entries({ channels, filters })) {
      if (Number.isInteger(size) && size >= 1) continue
      throw new RangeError(`Convolution.init: ${name} must be an integer of at least 1, not ${size}`)
    }
    const { height, width } = slidingWindow({ size: kernel, stride: 1, pad: 0 }, 'Convolution.init')
    const std = standardDeviation(init, channels * height * width, 'Convolution.init')
    const W = randomNormal([filters, channels, height, width], { std, rng, dtype })
    return new Convolution(W, zeros([filters], { dtype }), { stride, pad })
  }

  /** ∂L/∂W (F, C, FH, FW) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dW(): Tensor {
    return stored(this.#dW, 'Convolution: dW read before backward')
  }

  /** ∂L/∂b (F) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get db(): Tensor {
    return stored(this.#db, 'Convolution: db read before backward')
  }

  forward(x: Tensor): Tensor {
    checkTensor('Convolution', 'x', x)
    const sizes = this.#sizes(x)
    if (x.dtype !== this.W.dtype) {
      throw new TypeError(`Convolution: x is ${x.dtype}, but W is ${this.W.dtype}: convert x with astype`)
    }
    const y = empty([sizes.N, sizes.F, sizes.OH, sizes.OW], x.dtype)
    imageKernels().convolve(x.data, this.W.data, this.b.data, y.data, sizes)
    this.#x = x
    this.#y = y
    return y
  }

  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined
  backward(dout: Tensor, { inputGradient = true }: BackwardOptions = {}): Tensor | undefined {
    const x = stored(this.#x, 'Convolution: backward called before forward')
    checkDoutLike(dout, this.#y as Tensor, 'Convolution')
    const sizes = this.#sizes(x)
    const dW = empty(this.W.shape, dout.dtype)
    const db = empty(this.b.shape, dout.dtype)
    imageKernels().filterGradients(x.data, dout.data, dW.data, db.data, sizes)
    this.#dW = dW
    this.#db = db
    return inputGradient ? this.#inputGradient(dout, sizes) : undefined
  }

  describe(): LayerData {
    return { type: 'convolution', filters: this.W.shape[0], kernel: this.W.shape.slice(2), ...this.options }
  }

  parameters(): Parameter[] {
    return [parameter('W', this.W, () => this.dW), parameter('b', this.b, () => this.db)]
  }

  /** (F, OH, OW), for an image (C, H, W). */
  outputShape(inputShape: Shape): Shape {
    const { OH, OW } = windowSizesOfSample(inputShape, this.#window, 'Convolution', this.W.shape[1])
    return [this.b.size, OH, OW]
  }

  /** Returns a copy of the same class and options, with `W` and `b` in another dtype. */
  astype(dtype: DType): Convolution {
    return new (this.constructor as typeof Convolution)(
      this.W.astype(dtype),
      this.b.astype(dtype),
      this.options,
    )
  }

  #sizes(x: Tensor): ConvolutionSizes {
    return { ...windowSizes(x.shape, this.#window, 'Convolution', this.W.shape[1]), F: this.b.size }
  }

  /**
   * `dx`, itself a convolution: of `dout` with the filters turned by 180°, with zeros between the pixels of `dout` if the stride
   * is larger than 1, and with a border such that each pixel of x meets the windows that saw it.
   */
  #inputGradient(dout: Tensor, sizes: ConvolutionSizes): Tensor {
    const { N, C, H, W, F, OH, OW, height, width, strideY, strideX, padY, padX } = sizes
    const turned = empty([C, F, height, width], dout.dtype)
    imageKernels().turnFilters(this.W.data, turned.data, sizes)
    const dx = empty([N, C, H, W], dout.dtype)
    imageKernels().convolve(dout.data, turned.data, undefined, dx.data, {
      ...{ N, C: F, H: OH, W: OW, F: C, OH: H, OW: W, height, width },
      ...{ strideY: 1, strideX: 1, padY: height - 1 - padY, padX: width - 1 - padX },
      ...{ dilationY: strideY, dilationX: strideX },
    })
    return dx
  }
}
