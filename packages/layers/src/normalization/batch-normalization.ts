import {
  add,
  type DType,
  div,
  mul,
  ones,
  type Parameter,
  type Shape,
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
import { type Buffer, type ForwardOptions, type Layer, type LayerData, parameter } from '../layer.ts'
import { checkScaleAndShift } from './scale-and-shift.ts'

/** Options of `BatchNormalization`. */
export interface BatchNormalizationOptions {
  /** How much of the running statistics each training pass keeps; 0.9 by default (PyTorch's momentum is 1 minus this). */
  readonly momentum?: number
  /** Added to the variance, so that a constant channel does not divide by 0; 1e-5 by default. */
  readonly epsilon?: number
}

/** What `forward` stores, all with the axes of x merged to (N, C, S). */
interface Pass {
  readonly x: Tensor
  readonly normalized: Tensor
  /** (C, 1) */
  readonly deviation: Tensor
  readonly train: boolean
}

/**
 * Batch normalization: shifts and scales each channel to mean 0 and variance 1 over the batch, then by `gamma` and `beta`.
 *
 *     x (N, C) or (N, C, H, W)    gamma, beta (C)    y as x
 *
 * With m = N, or N·H·W for images, the number of values per channel, and sums over these:
 *
 *     μ = 1/m Σ x    σ² = 1/m Σ (x − μ)²    x̂ = (x − μ)/√(σ² + ε)    y = gamma·x̂ + beta
 *     dbeta = Σ dout    dgamma = Σ dout·x̂    dx = gamma/√(σ² + ε) · (dout − dbeta/m − x̂·dgamma/m)
 *
 * Training passes also move the running statistics, which are buffers: saved with the weights, but not trained.
 *
 *     runningMean = momentum·runningMean + (1 − momentum)·μ
 *     runningVariance = momentum·runningVariance + (1 − momentum)·m/(m − 1)·σ²
 *
 * Prediction takes these in place of μ and σ², and `dx = gamma/√(σ² + ε) · dout`; it also takes one sample (C).
 *
 * Source: Deep Learning from Scratch, section 6.3 (which normalizes each pixel of images, loses the running statistics when
 * weights are saved, and starts the variance at 0); Ioffe, Szegedy 2015; m/(m − 1), the unbiased variance, as there.
 */
export class BatchNormalization implements Layer {
  /** (C). Owned by the layer; an optimizer's `step` writes into it. */
  readonly gamma: Tensor
  /** (C) */
  readonly beta: Tensor
  /** (C); 0 at first. */
  readonly runningMean: Tensor
  /** (C); 1 at first. */
  readonly runningVariance: Tensor
  readonly momentum: number
  readonly epsilon: number
  #pass?: Pass
  #dgamma?: Tensor
  #dbeta?: Tensor

  /**
   * Takes `gamma` and `beta` themselves, no copies. Throws a `RangeError` if they are not vectors of one length or an option
   * is out of range, a `TypeError` if their dtypes differ.
   */
  constructor(gamma: Tensor, beta: Tensor, options?: BatchNormalizationOptions) {
    const { momentum = 0.9, epsilon = 1e-5 } = checkOptions('BatchNormalization', options, [
      'momentum',
      'epsilon',
    ])
    checkScaleAndShift(gamma, beta, epsilon, 'BatchNormalization')
    if (gamma.rank !== 1) {
      throw new RangeError(`BatchNormalization: gamma ${showShape(gamma.shape)} must be a vector (C)`)
    }
    if (!(momentum >= 0 && momentum <= 1)) {
      throw new RangeError(`BatchNormalization: momentum must be from 0 to 1, not ${momentum}`)
    }
    this.gamma = gamma
    this.beta = beta
    this.momentum = momentum
    this.epsilon = epsilon
    this.runningMean = zeros(gamma.shape, { dtype: gamma.dtype })
    this.runningVariance = ones(gamma.shape, { dtype: gamma.dtype })
  }

  /** Returns a layer for C `channels` (or features), with gamma 1 and beta 0. */
  static init(
    channels: number,
    { dtype = 'float32', ...options }: BatchNormalizationOptions & { dtype?: DType } = {},
  ): BatchNormalization {
    if (!Number.isInteger(channels) || channels < 1) {
      throw new RangeError(
        `BatchNormalization.init: channels must be an integer of at least 1, not ${channels}`,
      )
    }
    return new BatchNormalization(ones([channels], { dtype }), zeros([channels], { dtype }), options)
  }

  /** ∂L/∂gamma (C) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dgamma(): Tensor {
    return stored(this.#dgamma, 'BatchNormalization: dgamma read before backward')
  }

  /** ∂L/∂beta (C) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dbeta(): Tensor {
    return stored(this.#dbeta, 'BatchNormalization: dbeta read before backward')
  }

  forward(x: Tensor, { train = false }: ForwardOptions = {}): Tensor {
    checkTensor('BatchNormalization', 'x', x)
    const grouped = this.#grouped(x)
    const [mu, variance] = train ? this.#batchStatistics(grouped) : [this.runningMean, this.runningVariance]
    const deviation = sqrt(add(column(variance), this.epsilon))
    const normalized = div(sub(grouped, column(mu)), deviation)
    this.#pass = { x, normalized, deviation, train }
    return add(mul(normalized, column(this.gamma)), column(this.beta)).reshape(x.shape)
  }

  backward(dout: Tensor): Tensor {
    const { x, normalized, deviation, train } = stored(
      this.#pass,
      'BatchNormalization: backward called before forward',
    )
    checkDoutLike(dout, x, 'BatchNormalization')
    const dY = dout.reshape(normalized.shape)
    this.#dbeta = sumPerChannel(dY)
    this.#dgamma = sumPerChannel(mul(dY, normalized))
    const factor = div(column(this.gamma), deviation)
    if (!train) return mul(dY, factor).reshape(x.shape)
    const m = x.size / this.gamma.size
    const means = add(column(div(this.#dbeta, m)), mul(normalized, column(div(this.#dgamma, m))))
    return mul(sub(dY, means), factor).reshape(x.shape)
  }

  describe(): LayerData {
    return { type: 'batchNormalization', momentum: this.momentum, epsilon: this.epsilon }
  }

  parameters(): Parameter[] {
    return [parameter('gamma', this.gamma, () => this.dgamma), parameter('beta', this.beta, () => this.dbeta)]
  }

  buffers(): Buffer[] {
    return [
      { name: 'runningMean', value: this.runningMean },
      { name: 'runningVariance', value: this.runningVariance },
    ]
  }

  outputShape(inputShape: Shape): Shape {
    const C = this.gamma.size
    if (checkSampleShape(inputShape, 'BatchNormalization')[0] === C) return inputShape
    throw new RangeError(
      `BatchNormalization: one sample has shape ${showShape(inputShape)}, but gamma (${C}) takes (${C}) or images (${C}, H, W)`,
    )
  }

  /** Returns a copy of the same class and options, with weights and running statistics in another dtype. */
  astype(dtype: DType): BatchNormalization {
    const copy = new (this.constructor as typeof BatchNormalization)(
      this.gamma.astype(dtype),
      this.beta.astype(dtype),
      { momentum: this.momentum, epsilon: this.epsilon },
    )
    copy.runningMean.data.set(this.runningMean.data)
    copy.runningVariance.data.set(this.runningVariance.data)
    return copy
  }

  /** x as (N, C, S) with S values per sample and channel. */
  #grouped(x: Tensor): Tensor {
    const C = this.gamma.size
    const [N, channels] = x.rank === 1 ? [1, x.size] : x.shape
    if (x.rank > 0 && channels === C) return x.reshape([N, C, x.size / (N * C) || 0])
    throw new RangeError(
      `BatchNormalization: x has shape ${showShape(x.shape)}, but gamma (${C}) takes (N, ${C}) or images (N, ${C}, H, W)`,
    )
  }

  /** Mean and variance of each channel (C); moves the running statistics towards them. */
  #batchStatistics(x: Tensor): [mu: Tensor, variance: Tensor] {
    const m = x.size / this.gamma.size
    if (m < 2) {
      throw new RangeError(
        `BatchNormalization: training needs at least 2 values per channel, and this batch has ${m}: ` +
          'the variance of one value is 0, and its gradient too; use more samples, or forward without train',
      )
    }
    const mu = div(sumPerChannel(x), m)
    const variance = div(sumPerChannel(square(sub(x, column(mu)))), m)
    move(this.runningMean, mu, this.momentum)
    move(this.runningVariance, variance, this.momentum, m / (m - 1))
    return [mu, variance]
  }
}

/** (C) as (C, 1), which broadcasts over (N, C, S). */
const column = (x: Tensor): Tensor => x.reshape([x.size, 1])

/** The sum over N and S of (N, C, S). */
const sumPerChannel = (x: Tensor): Tensor => sum(sum(x, { axis: 2 }), { axis: 0 })

/** `running = momentum·running + (1 − momentum)·factor·latest`, in place. */
function move(running: Tensor, latest: Tensor, momentum: number, factor = 1): void {
  for (let i = 0; i < running.size; i++) {
    running.data[i] = momentum * running.data[i] + (1 - momentum) * factor * latest.data[i]
  }
}
