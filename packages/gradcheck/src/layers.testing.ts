import { add, createRng, map, matmul, mul, randomNormal, scale, sub, sum, type Tensor } from '@gosa/linalg'

/** Layers, losses and a network for these tests, of their own, since the judge must not depend on what it judges. */

/** A dense layer, `y = x·W + b`. */
export class Dense {
  readonly W: Tensor
  readonly b: Tensor
  dW: Tensor
  db: Tensor
  x?: Tensor

  constructor(inputs: number, outputs: number, seed = 1) {
    const rng = createRng(seed)
    this.W = randomNormal([inputs, outputs], { std: 0.5, rng })
    this.b = randomNormal([outputs], { std: 0.5, rng })
    this.dW = scale(this.W, 0)
    this.db = scale(this.b, 0)
  }

  forward(x: Tensor): Tensor {
    this.x = x
    return add(matmul(x, this.W), this.b)
  }

  backward(dout: Tensor): Tensor {
    if (!this.x) throw new Error('Dense: backward called before forward')
    this.dW = matmul(this.x, dout, { transposeA: true })
    this.db = sum(dout, { axis: 0 })
    return matmul(dout, this.W, { transposeB: true })
  }

  parameters() {
    const layer = this
    return [
      {
        name: 'W',
        value: this.W,
        get grad() {
          return layer.dW
        },
      },
      {
        name: 'b',
        value: this.b,
        get grad() {
          return layer.db
        },
      },
    ]
  }
}

/** A layer without weights: a function of one number and its derivative, applied to each entry. */
export class Elementwise {
  readonly #f: (x: number) => number
  readonly #derivative: (x: number) => number
  x?: Tensor

  constructor(f: (x: number) => number, derivative: (x: number) => number) {
    this.#f = f
    this.#derivative = derivative
  }

  forward(x: Tensor): Tensor {
    this.x = x
    return map(x, this.#f)
  }

  backward(dout: Tensor): Tensor {
    if (!this.x) throw new Error('Elementwise: backward called before forward')
    return mul(dout, map(this.x, this.#derivative))
  }
}

export const relu = (): Elementwise =>
  new Elementwise(
    (x) => Math.max(0, x),
    (x) => (x > 0 ? 1 : 0),
  )

export const tanh = (): Elementwise => new Elementwise(Math.tanh, (x) => 1 - Math.tanh(x) ** 2)

/** The product `z = x·y` of two numbers or two tensors. */
export class Multiply<T extends number | Tensor = Tensor> {
  x?: T
  y?: T

  forward(x: T, y: T): T {
    ;[this.x, this.y] = [x, y]
    return times(x, y) as T
  }

  backward(dout: T): [T, T] {
    return [times(dout, this.y as T) as T, times(dout, this.x as T) as T]
  }
}

const times = (a: number | Tensor, b: number | Tensor): number | Tensor =>
  typeof a === 'number' && typeof b === 'number' ? a * b : mul(a as Tensor, b as Tensor)

/** The mean over N of the cross-entropy of logits (N, C) and class indices. */
export class CrossEntropy {
  y?: number[][]
  t: ArrayLike<number> = []

  forward(x: Tensor, t: ArrayLike<number>): number {
    const rows = x.toArray() as number[][]
    const highest = rows.map((row) => Math.max(...row))
    const sums = rows.map((row, n) => row.reduce((total, one) => total + Math.exp(one - highest[n]), 0))
    this.y = rows.map((row, n) => row.map((one) => Math.exp(one - highest[n]) / sums[n]))
    this.t = t
    return rows.reduce((total, row, n) => total + highest[n] + Math.log(sums[n]) - row[t[n]], 0) / rows.length
  }

  backward(dout = 1): Tensor {
    if (!this.y) throw new Error('CrossEntropy: backward called before forward')
    const rows = this.y
    const dx = randomNormal([rows.length, rows[0].length], { rng: createRng(0) })
    for (let i = 0; i < dx.size; i++) {
      const [n, c] = [Math.floor(i / rows[0].length), i % rows[0].length]
      dx.data[i] = (dout * (rows[n][c] - (this.t[n] === c ? 1 : 0))) / rows.length
    }
    return dx
  }
}

/** `mean (x − t)²`. */
export class MeanSquare {
  difference?: Tensor

  forward(x: Tensor, t: Tensor): number {
    this.difference = sub(x, t)
    return [...this.difference.data].reduce((total, one) => total + one * one, 0) / x.size
  }

  backward(dout = 1): Tensor {
    if (!this.difference) throw new Error('MeanSquare: backward called before forward')
    return scale(this.difference, (2 * dout) / this.difference.size)
  }
}

/** A network: Dense – ReLU – Dense – CrossEntropy, with its weights in `params`. */
export class SmallNet {
  readonly first: Dense
  readonly middle = relu()
  readonly second: Dense
  readonly last = new CrossEntropy()
  readonly params: Record<'W1' | 'b1' | 'W2' | 'b2', Tensor>

  constructor(inputs: number, hidden: number, outputs: number, seed = 1) {
    this.first = new Dense(inputs, hidden, seed)
    this.second = new Dense(hidden, outputs, seed + 1)
    this.params = { W1: this.first.W, b1: this.first.b, W2: this.second.W, b2: this.second.b }
  }

  loss(x: Tensor, t: ArrayLike<number>): number {
    return this.last.forward(this.second.forward(this.middle.forward(this.first.forward(x))), t)
  }

  gradient(x: Tensor, t: ArrayLike<number>): Record<string, Tensor> {
    this.loss(x, t)
    this.first.backward(this.middle.backward(this.second.backward(this.last.backward())))
    return { W1: this.first.dW, b1: this.first.db, W2: this.second.dW, b2: this.second.db }
  }
}

/** A tensor of normal numbers, in general position. */
export const normal = (shape: readonly number[], seed = 7, std = 0.5): Tensor =>
  randomNormal(shape, { std, rng: createRng(seed) })
