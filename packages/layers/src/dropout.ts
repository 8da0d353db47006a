import {
  createRng,
  type DType,
  mul,
  type Parameter,
  type Rng,
  type RngState,
  type Shape,
  type Tensor,
  zeros,
} from '@gosa/linalg'
import { checkOptions, checkRng, checkTensor } from '@gosa/linalg/options'
import { checkDoutLike, checkSampleShape, stored } from './checks.ts'
import type { ForwardOptions, Layer, LayerData } from './layer.ts'

/** Options of `Dropout`. */
export interface DropoutOptions {
  /** The share of elements that are dropped, from 0 up to, not including, 1; ½ by default. */
  readonly ratio?: number
  /** Source of the random masks. Training draws one number from it for each element. */
  readonly rng: Rng
}

/**
 * Dropout, inverted: in training each element is dropped with probability `ratio`, and the others are enlarged so that the
 * expected value stays the same; in prediction nothing happens. In any shape, with a new random mask in each forward pass:
 *
 *     training:    mask = 0 with probability ratio, else 1/(1 − ratio)    y = x ⊙ mask    dx = dout ⊙ mask
 *     prediction:  y = x    dx = dout
 *
 * `backward` belongs to the latest `forward`, as in every layer: it uses the mask of that pass, and none after a prediction.
 * If training is to be resumed to the bit, save `randomState`, and give each layer a generator of its own.
 *
 * Source: Deep Learning from Scratch, section 6.4.3 (whose version scales in prediction instead, and whose `backward` after
 * a prediction uses the mask of an earlier batch); Srivastava et al. 2014.
 */
export class Dropout implements Layer {
  readonly ratio: number
  #rng: Rng
  #y?: Tensor
  /** Of the latest training pass; overwritten by the next one of its shape. */
  #mask?: Tensor
  #isMasked = false

  /** Throws a `RangeError` unless `0 ≤ ratio < 1`, a `TypeError` without a generator. */
  constructor(options: DropoutOptions) {
    const { ratio = 0.5, rng } = checkOptions('Dropout', options, ['ratio', 'rng'], ['rng'])
    checkRng('Dropout', rng)
    if (!(ratio >= 0 && ratio < 1)) {
      throw new RangeError(`Dropout: ratio must be at least 0 and less than 1, not ${ratio}`)
    }
    this.ratio = ratio
    this.#rng = rng
  }

  forward(x: Tensor, { train = false }: ForwardOptions = {}): Tensor {
    checkTensor('Dropout', 'x', x)
    this.#isMasked = train && this.ratio > 0
    this.#y = this.#isMasked ? mul(x, this.#newMask(x)) : x
    return this.#y
  }

  backward(dout: Tensor): Tensor {
    checkDoutLike(dout, stored(this.#y, 'Dropout: backward called before forward'), 'Dropout')
    return this.#isMasked ? mul(dout, this.#mask as Tensor) : dout
  }

  describe(): LayerData {
    return { type: 'dropout', ratio: this.ratio }
  }

  parameters(): Parameter[] {
    return []
  }

  /**
   * The state of the generator. Assigning a saved one makes the layer draw from there, with a generator of its own, whatever
   * else draws from the one that it was given.
   */
  get randomState(): RngState {
    return this.#rng.state
  }

  set randomState(state: RngState) {
    this.#rng = createRng(state)
  }

  outputShape(inputShape: Shape): Shape {
    return checkSampleShape(inputShape, 'Dropout')
  }

  /** Returns a new layer of the same class and ratio, whose masks continue from the present state. */
  astype(_dtype?: DType): Dropout {
    return new (this.constructor as typeof Dropout)({ ratio: this.ratio, rng: createRng(this.randomState) })
  }

  #newMask({ shape, size, dtype }: Tensor): Tensor {
    if (this.#mask?.size !== size || this.#mask.dtype !== dtype) this.#mask = zeros(shape, { dtype })
    this.#mask = this.#mask.reshape(shape)
    const { data } = this.#mask
    const kept = 1 / (1 - this.ratio)
    for (let i = 0; i < size; i++) data[i] = this.#rng.uniform() < this.ratio ? 0 : kept
    return this.#mask
  }
}
