import {
  add,
  type DType,
  matmul,
  type Parameter,
  type Rng,
  randomNormal,
  type Shape,
  showShape,
  sum,
  type Tensor,
  zeros,
} from '@gosa/linalg'
import { checkOptions, checkRng, checkTensor, showValue } from '@gosa/linalg/options'
import { checkDout, checkSampleShape, stored } from './checks.ts'
import { type BackwardOptions, type Layer, type LayerData, parameter } from './layer.ts'
import { standardDeviation, type WeightInit } from './weight-init.ts'

/**
 * Affine layer (fully connected, "linear"): `Y = X·W + b`, one sample per row.
 *
 *     X (N, D)    W (D, M)    b (M)    Y (N, M)
 *
 * With `dout = ∂L/∂Y` the chain rule gives, each in the shape of its value,
 *
 *     dX = dout·Wᵀ    dW = Xᵀ·dout    db = dout summed over the N rows
 *
 * Samples with more axes, (N, …) of D elements each, are flattened, and `dX` has their shape. A single sample may be a
 * vector (D) and gives a vector (M).
 *
 * Source: Deep Learning from Scratch, section 5.6.
 */
export class Affine implements Layer {
  /** (D, M). Owned by the layer; an optimizer's `step` writes into it. */
  readonly W: Tensor
  /** (M) */
  readonly b: Tensor
  #x?: Tensor
  #shape: Shape = []
  #dW?: Tensor
  #db?: Tensor

  /**
   * Takes `W` and `b` themselves, no copies. Throws a `RangeError` if their shapes do not fit each other, a `TypeError`
   * if their dtypes differ.
   */
  constructor(W: Tensor, b: Tensor) {
    checkTensor('Affine', 'W', W)
    checkTensor('Affine', 'b', b)
    if (W.rank !== 2 || b.rank !== 1 || b.shape[0] !== W.shape[1]) {
      throw new RangeError(
        `Affine: W ${showShape(W.shape)} must be a matrix (D, M) and b ${showShape(b.shape)} a vector (M)`,
      )
    }
    if (W.dtype !== b.dtype)
      throw new TypeError(`Affine: W is ${W.dtype} and b ${b.dtype}: convert one with astype`)
    this.W = W
    this.b = b
  }

  /**
   * Returns a layer with normally distributed random `W` (D, M) and `b = 0`; `init` sets the standard deviation, see
   * `WeightInit`. Throws a `RangeError` for sizes below 1 or an `init` that is not one.
   */
  static init(
    inputs: number,
    outputs: number,
    options: { init?: WeightInit; rng: Rng; dtype?: DType },
  ): Affine {
    for (const size of [inputs, outputs]) {
      if (!Number.isInteger(size) || size < 1) {
        throw new RangeError(
          `Affine.init: sizes must be integers of at least 1, not ${showValue(inputs)} and ${showValue(outputs)}`,
        )
      }
    }
    const known = ['init', 'rng', 'dtype'] as const
    const { init = 'he', rng, dtype = 'float32' } = checkOptions('Affine.init', options, known, ['rng'])
    checkRng('Affine.init', rng)
    const std = standardDeviation(init, inputs, 'Affine.init')
    return new Affine(randomNormal([inputs, outputs], { std, rng, dtype }), zeros([outputs], { dtype }))
  }

  /** ∂L/∂W (D, M) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get dW(): Tensor {
    return stored(this.#dW, 'Affine: dW read before backward')
  }

  /** ∂L/∂b (M) of the latest `backward`. The next `backward` replaces it by a new tensor. */
  get db(): Tensor {
    return stored(this.#db, 'Affine: db read before backward')
  }

  forward(x: Tensor): Tensor {
    checkTensor('Affine', 'x', x)
    this.#x = this.#asRows(x)
    this.#shape = x.shape
    const y = add(matmul(this.#x, this.W), this.b)
    return x.rank === 1 ? y.row(0) : y
  }

  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined
  backward(dout: Tensor, options?: BackwardOptions): Tensor | undefined {
    const { inputGradient = true } = checkOptions('Affine', options, ['inputGradient'])
    const x = stored(this.#x, 'Affine: backward called before forward')
    const [N, M] = [x.shape[0], this.b.size]
    checkDout(dout, this.#shape.length === 1 ? [M] : [N, M], 'Affine')
    const dY = dout.reshape([N, M])
    this.#dW = matmul(x, dY, { transposeA: true })
    this.#db = sum(dY, { axis: 0 })
    return inputGradient ? matmul(dY, this.W, { transposeB: true }).reshape(this.#shape) : undefined
  }

  describe(): LayerData {
    return { type: 'affine', units: this.b.size }
  }

  parameters(): Parameter[] {
    return [parameter('W', this.W, () => this.dW), parameter('b', this.b, () => this.db)]
  }

  /** (D) */
  get inputShape(): Shape {
    return [this.W.shape[0]]
  }

  /** (M), for any shape with D elements. */
  outputShape(inputShape: Shape): Shape {
    const [D, M] = this.W.shape
    checkSampleShape(inputShape, 'Affine')
    if (inputShape.length > 0 && inputShape.reduce((product, length) => product * length, 1) === D) return [M]
    throw new RangeError(
      `Affine: one sample has shape ${showShape(inputShape)}, but W ${showShape(this.W.shape)} takes (${D}), or another shape of ${D} elements`,
    )
  }

  /** Returns a copy of the same class with `W` and `b` in another dtype. A subclass with another constructor overrides it. */
  astype(dtype: DType): Affine {
    return new (this.constructor as typeof Affine)(this.W.astype(dtype), this.b.astype(dtype))
  }

  /** (N, …) as (N, D); a single sample (D) as (1, D). */
  #asRows(x: Tensor): Tensor {
    const D = this.W.shape[0]
    const N = x.rank > 1 ? x.shape[0] : 1
    if (x.rank > 0 && x.size === N * D) return x.reshape([N, D])
    throw new RangeError(
      `Affine: x has shape ${showShape(x.shape)}, but W ${showShape(this.W.shape)} takes (N, ${D}), or (${D}) for one sample`,
    )
  }
}
