import {
  type DType,
  type Parameter,
  type Rng,
  randomNormal,
  type Shape,
  showShape,
  type Tensor,
  takeRows,
  zeros,
} from '@gosa/linalg'
import { checkOptions, checkRng, checkTensor } from '@gosa/linalg/options'
import { checkDout, checkSampleShape, stored } from './checks.ts'
import { type BackwardOptions, type Layer, type LayerData, parameter } from './layer.ts'

/**
 * Embedding: each index becomes a row of `W`.
 *
 *     x (N) or (N, T), whole numbers from 0 to V − 1    W (V, D)    y (N, D) or (N, T, D)
 *
 *     y[n, t] = W[x[n, t]]    dW[v] = Σ dout[n, t] over all positions with x[n, t] = v    dx = 0
 *
 * It is an affine layer on one-hot vectors, without the multiplications by 0. Indices are no quantity to move a little, so
 * there is no gradient with respect to them: `dx` is 0.
 *
 * Source: Deep Learning from Scratch 2, section 4.1.
 */
export class Embedding implements Layer {
  /** (V, D). Owned by the layer; an optimizer's `step` writes into it. */
  readonly W: Tensor
  #x?: Tensor
  #dW?: Tensor

  /** Takes `W` itself, no copy. Throws a `RangeError` unless it is a matrix. */
  constructor(W: Tensor) {
    checkTensor('Embedding', 'W', W)
    if (W.rank !== 2) throw new RangeError(`Embedding: W ${showShape(W.shape)} must be a matrix (V, D)`)
    this.W = W
  }

  /** Returns a layer for `count` different indices with normally distributed random rows of `size` numbers; `std` is 0.01 by default. */
  static init(count: number, size: number, options: { std?: number; rng: Rng; dtype?: DType }): Embedding {
    if (![count, size].every((length) => Number.isInteger(length) && length >= 1)) {
      throw new RangeError(`Embedding.init: sizes must be integers of at least 1, not ${count} and ${size}`)
    }
    const known = ['std', 'rng', 'dtype'] as const
    const { std = 0.01, rng, dtype = 'float32' } = checkOptions('Embedding.init', options, known, ['rng'])
    checkRng('Embedding.init', rng)
    return new Embedding(randomNormal([count, size], { std, rng, dtype }))
  }

  /** ∂L/∂W (V, D) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dW(): Tensor {
    return stored(this.#dW, 'Embedding: dW read before backward')
  }

  /** Throws a `RangeError` if an index is not a whole number from 0 to V − 1. */
  forward(x: Tensor): Tensor {
    checkTensor('Embedding', 'x', x)
    const [V, D] = this.W.shape
    const wrong = x.data.find((index) => !(Number.isInteger(index) && index >= 0 && index < V))
    if (wrong !== undefined) {
      throw new RangeError(
        `Embedding: ${wrong} is no index: W ${showShape(this.W.shape)} takes whole numbers from 0 to ${V - 1}`,
      )
    }
    this.#x = x
    return takeRows(this.W, x.data).reshape([...x.shape, D])
  }

  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined
  backward(dout: Tensor, { inputGradient = true }: BackwardOptions = {}): Tensor | undefined {
    const x = stored(this.#x, 'Embedding: backward called before forward')
    const [V, D] = this.W.shape
    checkDout(dout, [...x.shape, D], 'Embedding')
    const dW = zeros([V, D], { dtype: this.W.dtype })
    for (let i = 0; i < x.size; i++) {
      const row = x.data[i] * D
      for (let d = 0; d < D; d++) dW.data[row + d] += dout.data[i * D + d]
    }
    this.#dW = dW
    return inputGradient ? zeros(x.shape, { dtype: x.dtype }) : undefined
  }

  describe(): LayerData {
    return { type: 'embedding', count: this.W.shape[0], size: this.W.shape[1] }
  }

  parameters(): Parameter[] {
    return [parameter('W', this.W, () => this.dW)]
  }

  /** (…, D): each index of a sample becomes D numbers. */
  outputShape(inputShape: Shape): Shape {
    return [...checkSampleShape(inputShape, 'Embedding'), this.W.shape[1]]
  }

  /** Returns a copy of the same class with `W` in another dtype. */
  astype(dtype: DType): Embedding {
    return new (this.constructor as typeof Embedding)(this.W.astype(dtype))
  }
}
