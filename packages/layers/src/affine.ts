import { add, type DType, matmul, type Rng, type Shape, showShape, sum, type Tensor } from '@gosa/linalg'
import { checkDout } from './check-dout.ts'
import { affineInit, type Init } from './init.ts'
import { kept } from './kept.ts'
import type { Layer, Parameter } from './layer.ts'
import { parameter } from './parameter.ts'

/**
 * Affine layer (fully connected, "linear"): `Y = X·W + b`, one sample per row.
 *
 *     X (N, D)    W (D, M)    b (M)    Y (N, M)
 *
 * With `dout = ∂L/∂Y` the chain rule gives, each in the shape of its value,
 *
 *     dX = dout·Wᵀ    dW = Xᵀ·dout    db = dout summed over the N rows
 *
 * Samples of more axes, (N, …) with D elements each, are flattened, and `dX` comes in their shape; one sample may
 * be given as a vector (D) and yields a vector (M).
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

  /** Keeps `W` and `b` themselves, no copies. Throws a `RangeError` where they do not fit each other. */
  constructor(W: Tensor, b: Tensor) {
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

  /** A layer with random `W`, normally distributed (see `Init` for its standard deviation), and `b = 0`. */
  static init(inputs: number, outputs: number, options: { init?: Init; rng: Rng; dtype?: DType }): Affine {
    return new Affine(...affineInit(inputs, outputs, options))
  }

  /** ∂L/∂W of the latest `backward`, which the next one replaces by a new tensor. */
  get dW(): Tensor {
    return kept(this.#dW, 'Affine', 'dW asked for before backward')
  }

  /** ∂L/∂b of the latest `backward`, which the next one replaces by a new tensor. */
  get db(): Tensor {
    return kept(this.#db, 'Affine', 'db asked for before backward')
  }

  forward(x: Tensor): Tensor {
    this.#x = this.#asRows(x)
    this.#shape = x.shape
    const y = add(matmul(this.#x, this.W), this.b)
    return x.rank === 1 ? y.row(0) : y
  }

  backward(dout: Tensor, options?: { inputGradient?: true }): Tensor
  backward(dout: Tensor, options?: { inputGradient?: boolean }): Tensor | undefined
  backward(dout: Tensor, { inputGradient = true }: { inputGradient?: boolean } = {}): Tensor | undefined {
    const x = kept(this.#x, 'Affine')
    const [N, M] = [x.shape[0], this.b.size]
    checkDout(dout, this.#shape.length === 1 ? [M] : [N, M], 'Affine')
    const dY = dout.reshape([N, M])
    this.#dW = matmul(x, dY, { transposeA: true })
    this.#db = sum(dY, { axis: 0 })
    return inputGradient ? matmul(dY, this.W, { transposeB: true }).reshape(this.#shape) : undefined
  }

  parameters(): Parameter[] {
    return [parameter('W', this.W, () => this.dW), parameter('b', this.b, () => this.db)]
  }

  /** (N, …) as (N, D); one sample (D) as (1, D). */
  #asRows(x: Tensor): Tensor {
    const D = this.W.shape[0]
    const N = x.rank > 1 ? x.shape[0] : 1
    if (x.rank > 0 && x.size === N * D) return x.reshape([N, D])
    throw new RangeError(
      `Affine: x has shape ${showShape(x.shape)}, but W ${showShape(this.W.shape)} takes (N, ${D}), or (${D}) for one sample`,
    )
  }
}
