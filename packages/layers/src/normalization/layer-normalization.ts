import {
  add,
  type DType,
  div,
  mean,
  mul,
  ones,
  type Parameter,
  type Shape,
  sameShape,
  showShape,
  sqrt,
  square,
  sub,
  sum,
  type Tensor,
  zeros,
} from '@gosa/linalg'
import { checkOptions, checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from '../checks.ts'
import { type Layer, type LayerData, parameter } from '../layer.ts'
import { checkScaleAndShift } from './scale-and-shift.ts'

/** Options of `LayerNormalization`. */
export interface LayerNormalizationOptions {
  /** Added to the variance, so that a constant sample does not divide by 0; 1e-5 by default. */
  readonly epsilon?: number
}

/**
 * Layer normalization: shifts and scales each sample to mean 0 and variance 1, then element by element by `gamma` and `beta`.
 *
 *     x (…, D)    gamma, beta (D)    y as x
 *
 * where D may stand for several axes, the last ones of x, such as (C, H, W). With means over these D elements:
 *
 *     μ = mean(x)    σ² = mean((x − μ)²)    x̂ = (x − μ)/√(σ² + ε)    y = gamma·x̂ + beta
 *     dbeta = Σ dout    dgamma = Σ dout·x̂, summed over the samples
 *     g = gamma·dout    dx = (g − mean(g) − x̂·mean(g·x̂))/√(σ² + ε)
 *
 * It does the same in training and prediction, and each sample for itself.
 *
 * Source: Ba, Kiros, Hinton 2016, "Layer normalization".
 */
export class LayerNormalization implements Layer {
  /** (D). Owned by the layer; an optimizer's `step` writes into it. */
  readonly gamma: Tensor
  /** (D) */
  readonly beta: Tensor
  readonly epsilon: number
  /** The latest x, and x̂ (R, D) and √(σ² + ε) (R, 1) of its R samples. */
  #pass?: { readonly x: Tensor; readonly normalized: Tensor; readonly deviation: Tensor }
  #dgamma?: Tensor
  #dbeta?: Tensor

  /**
   * Takes `gamma` and `beta` themselves, no copies. Throws a `RangeError` if their shapes differ or epsilon is not positive,
   * a `TypeError` if their dtypes differ.
   */
  constructor(gamma: Tensor, beta: Tensor, options?: LayerNormalizationOptions) {
    const { epsilon = 1e-5 } = checkOptions('LayerNormalization', options, ['epsilon'])
    checkScaleAndShift(gamma, beta, epsilon, 'LayerNormalization')
    this.gamma = gamma
    this.beta = beta
    this.epsilon = epsilon
  }

  /** Returns a layer for samples of the given shape, with gamma 1 and beta 0. */
  static init(
    sample: Shape,
    { dtype = 'float32', ...options }: LayerNormalizationOptions & { dtype?: DType } = {},
  ): LayerNormalization {
    return new LayerNormalization(ones(sample, { dtype }), zeros(sample, { dtype }), options)
  }

  /** ∂L/∂gamma (D) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dgamma(): Tensor {
    return stored(this.#dgamma, 'LayerNormalization: dgamma read before backward')
  }

  /** ∂L/∂beta (D) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dbeta(): Tensor {
    return stored(this.#dbeta, 'LayerNormalization: dbeta read before backward')
  }

  forward(x: Tensor): Tensor {
    checkTensor('LayerNormalization', 'x', x)
    this.#checkSample(x.shape, 'x')
    const D = this.gamma.size
    const centred = x.reshape([x.size / D, D])
    const difference = sub(centred, mean(centred, { axis: 1, keepDims: true }))
    const variance = mean(square(difference), { axis: 1, keepDims: true })
    const deviation = sqrt(add(variance, this.epsilon))
    const normalized = div(difference, deviation)
    this.#pass = { x, normalized, deviation }
    return add(mul(normalized, this.gamma.reshape([D])), this.beta.reshape([D])).reshape(x.shape)
  }

  backward(dout: Tensor): Tensor {
    const { x, normalized, deviation } = stored(
      this.#pass,
      'LayerNormalization: backward called before forward',
    )
    checkDoutLike(dout, x, 'LayerNormalization')
    const dY = dout.reshape(normalized.shape)
    this.#dbeta = sum(dY, { axis: 0 }).reshape(this.beta.shape)
    this.#dgamma = sum(mul(dY, normalized), { axis: 0 }).reshape(this.gamma.shape)
    const g = mul(dY, this.gamma.reshape([this.gamma.size]))
    const meanOf = (values: Tensor) => mean(values, { axis: 1, keepDims: true })
    const means = add(mul(normalized, meanOf(mul(g, normalized))), meanOf(g))
    return div(sub(g, means), deviation).reshape(x.shape)
  }

  describe(): LayerData {
    return { type: 'layerNormalization', epsilon: this.epsilon }
  }

  parameters(): Parameter[] {
    return [parameter('gamma', this.gamma, () => this.dgamma), parameter('beta', this.beta, () => this.dbeta)]
  }

  outputShape(inputShape: Shape): Shape {
    this.#checkSample(checkSampleShape(inputShape, 'LayerNormalization'), 'one sample')
    return inputShape
  }

  /** Returns a copy of the same class and options, with `gamma` and `beta` in another dtype. */
  astype(dtype: DType): LayerNormalization {
    return new (this.constructor as typeof LayerNormalization)(
      this.gamma.astype(dtype),
      this.beta.astype(dtype),
      { epsilon: this.epsilon },
    )
  }

  /** Throws a `RangeError` unless the last axes are those of gamma. */
  #checkSample(shape: Shape, what: string): void {
    const sample = this.gamma.shape
    if (shape.length >= sample.length && sameShape(shape.slice(shape.length - sample.length), sample)) return
    throw new RangeError(
      `LayerNormalization: ${what} has shape ${showShape(shape)}, but gamma ${showShape(sample)} takes (…, ${sample.join(', ')})`,
    )
  }
}
