import { checkLayer, type FindingName } from '@gosa/gradcheck'
import {
  createRng,
  mul,
  ones,
  randomNormal,
  scale,
  type Tensor,
  tensor,
  transpose,
  zeros,
} from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  AddLayer,
  Affine,
  BatchNormalization,
  Dropout,
  Elu,
  Embedding,
  Flatten,
  Gelu,
  type Layer,
  LayerNormalization,
  LeakyRelu,
  MulLayer,
  Relu,
  Sequential,
  Sigmoid,
  Softplus,
  Tanh,
} from './index.ts'

/** Numbers in general position: normally distributed, of standard deviation 0.5. */
function random(seed = 1) {
  const rng = createRng(seed)
  return (...shape: number[]) => randomNormal(shape, { std: 0.5, rng })
}

/** An Affine layer (D, M) of the given class. */
function affine(D: number, M: number, Kind = Affine): Affine {
  const normal = random(D + 10 * M)
  return new Kind(normal(D, M), normal(M))
}

describe('The gradient check passes for', () => {
  const normal = random()
  const rows = { independent: true }

  it.each<[string, () => Layer, Tensor]>([
    ['Affine, a batch (4, 3)', () => affine(3, 2), normal(4, 3)],
    ['Affine, square', () => affine(3, 3), normal(4, 3)],
    ['Affine, a single column', () => affine(3, 1), normal(4, 3)],
    ['Affine, images (3, 2, 2, 2)', () => affine(8, 4), normal(3, 2, 2, 2)],
    ['Relu, (4, 3)', () => new Relu(), normal(4, 3)],
    ['Relu, (2, 3, 2, 2)', () => new Relu(), normal(2, 3, 2, 2)],
    ['Sigmoid, (4, 3)', () => new Sigmoid(), scale(normal(4, 3), 4)],
    ['Tanh, (4, 3)', () => new Tanh(), scale(normal(4, 3), 4)],
    ['LeakyRelu, (4, 3)', () => new LeakyRelu({ slope: 0.1 }), normal(4, 3)],
    ['Elu, (4, 3)', () => new Elu(), scale(normal(4, 3), 4)],
    ['Elu with alpha 0.5, (4, 3)', () => new Elu({ alpha: 0.5 }), scale(normal(4, 3), 4)],
    ['Gelu, (4, 3)', () => new Gelu(), scale(normal(4, 3), 6)],
    ['Softplus, (4, 3)', () => new Softplus(), scale(normal(4, 3), 6)],
    ['Flatten, (3, 2, 2, 2)', () => new Flatten(), normal(3, 2, 2, 2)],
    ['LayerNormalization, (4, 5)', () => new LayerNormalization(normal(5), normal(5)), normal(4, 5)],
    [
      'LayerNormalization over two axes, (3, 2, 4)',
      () => new LayerNormalization(normal(2, 4), normal(2, 4)),
      normal(3, 2, 4),
    ],
    ['BatchNormalization in prediction', () => batchNormalization(3), normal(4, 3)],
    ['Dropout in prediction', () => new Dropout({ rng: createRng(0) }), normal(4, 3)],
    ['Sequential of each', () => everyLayer(), normal(5, 3)],
    ['Sequential within Sequential', () => new Sequential([affine(3, 3), everyLayer()]), normal(5, 3)],
  ])('%s', (_, make, x) => {
    const report = checkLayer(make, x, rows)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.map(({ name }) => name)).toEqual([
      'x',
      ...make()
        .parameters()
        .map(({ name }) => name),
    ])
  })

  it.each([
    ['features (2, 3)', [2, 3]],
    ['features (5, 3)', [5, 3]],
    ['images (2, 3, 2, 4)', [2, 3, 2, 4]],
    ['one image (1, 3, 4, 2)', [1, 3, 4, 2]],
    ['sequences (3, 3, 2)', [3, 3, 2]],
  ])('BatchNormalization in training, %s', (_, shape) => {
    // Two samples are ±1 after normalization, whatever they were: their dx is nearly 0.
    const report = checkLayer(() => batchNormalization(3), normal(...shape), { train: true })
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.map(({ name }) => name)).toEqual(['x', 'gamma', 'beta'])
  })

  it('Dropout in training, with the same mask in each pass', () => {
    const layer = new Dropout({ ratio: 0.4, rng: createRng(0) })
    const { randomState } = layer
    const report = checkLayer(layer, normal(4, 3), { train: true })
    expect(report.verdict, report.toString()).toBe('pass')
    expect(layer.randomState).toEqual(randomState)
  })

  it('BatchNormalization in training, without moving its running statistics', () => {
    const layer = batchNormalization(3)
    const before = layer.buffers().map(({ value }) => value.toArray())
    expect(checkLayer(layer, normal(4, 3), { train: true }).verdict).toBe('pass')
    expect(layer.buffers().map(({ value }) => value.toArray())).toEqual(before)
  })

  it.each([
    ['(5)', tensor([0, 3, 3, 1, 3])],
    [
      '(2, 3)',
      tensor([
        [4, 0, 4],
        [1, 2, 3],
      ]),
    ],
  ])('Embedding, indices %s, which are not moved', (_, indices) => {
    const own = new Embedding(normal(5, 2))
    const layer = {
      forward: () => own.forward(indices),
      backward: (dout: Tensor) => [own.backward(dout)].slice(1),
      parameters: () => own.parameters(),
    }
    const report = checkLayer(layer, [])
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.map(({ name }) => name)).toEqual(['W'])
  })

  it.each<[string, () => Layer, Tensor]>([
    ['Affine', () => affine(3, 2), normal(3)],
    ['Relu', () => new Relu(), normal(3)],
    ['Sequential', () => everyLayer(), normal(3)],
  ])('%s, one sample (3)', (_, make, x) => {
    const report = checkLayer(make, x)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it('Relu at its kink, with the derivative from the left, 0', () => {
    const report = checkLayer(
      () => new Relu(),
      tensor([
        [0, -0.5, 1],
        [2, 0, -3],
      ]),
      { atKink: 'left' },
    )
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries[0].kinks).toBe(2)
  })

  it.each([
    ['MulLayer', () => new MulLayer(), [100, 2]],
    ['AddLayer', () => new AddLayer(), [200, 450]],
    ['MulLayer of tensors', () => new MulLayer<Tensor>(), [normal(2, 3), normal(2, 3)]],
    ['AddLayer of tensors', () => new AddLayer<Tensor>(), [normal(2, 3), normal(2, 3)]],
  ])('%s, x and y', (_, make, inputs) => {
    const report = checkLayer(make, inputs)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.map(({ name }) => name)).toEqual(['x', 'y'])
  })
})

/** With running statistics unlike those of any batch. */
function batchNormalization(C: number, Kind = BatchNormalization): BatchNormalization {
  const normal = random(C)
  const layer = new Kind(normal(C), normal(C))
  layer.runningMean.data.set(normal(C).data)
  layer.runningVariance.data.set(normal(C).data.map((value) => 1 + value * value))
  return layer
}

function everyLayer(): Sequential {
  return new Sequential([affine(3, 4), new Relu(), affine(4, 4), new Sigmoid(), affine(4, 2), new Tanh()])
}

describe('The gradient check fails for', () => {
  const x = random()(4, 3)

  /** Expects that the check fails, with the given failing entry or finding. */
  function expectFault(make: () => Layer, expected: string | { finding: FindingName }, at = x): void {
    const report = checkLayer(make, at, { independent: true })
    expect(report.verdict, report.toString()).toBe('fail')
    const named =
      typeof expected === 'string'
        ? report.entries.filter(({ verdict }) => verdict === 'fail').map(({ name }) => name)
        : report.findings.map(({ name }) => name)
    expect(named, report.toString()).toContain(typeof expected === 'string' ? expected : expected.finding)
  }

  /** An Affine layer whose dW goes through `change`. */
  const withWrongW = (change: (dW: Tensor) => Tensor) =>
    affine(
      3,
      3,
      class extends Affine {
        override get dW(): Tensor {
          return change(super.dW.clone())
        }
      },
    )

  it.each<[string, (dW: Tensor) => Tensor]>([
    ['the sign of one entry', (dW) => withEntry(dW, 4, -dW.data[4])],
    ['one missing entry', (dW) => withEntry(dW, 4, 0)],
    ['a factor of 1.01', (dW) => scale(dW, 1.01)],
    ['a factor of 1.001 in one entry', (dW) => withEntry(dW, 4, 1.001 * dW.data[4])],
    ['a division by N', (dW) => scale(dW, 1 / 4)],
    ['the transpose, which fits a square W', (dW) => transpose(dW)],
    ['zeros', (dW) => zeros(dW.shape)],
    ['two rows exchanged', (dW) => withRows(dW)],
  ])('Affine with a wrong dW: %s', (_, change) => {
    expectFault(() => withWrongW(change), 'W')
  })

  it('Affine with a wrong db: the first row instead of the sum', () => {
    const make = () =>
      affine(
        3,
        2,
        class extends Affine {
          #dout?: Tensor
          override get db(): Tensor {
            return this.#dout?.row(0).clone() ?? super.db
          }
          override backward(dout: Tensor): Tensor {
            this.#dout = dout
            return super.backward(dout)
          }
        },
      )
    expectFault(make, 'b')
  })

  const backwardOf = (backward: (own: Affine, dout: Tensor) => Tensor) => () =>
    affine(
      3,
      3,
      class extends Affine {
        #plain?: Affine
        override forward(x: Tensor): Tensor {
          this.#plain = new Affine(this.W, this.b)
          this.#plain.forward(x)
          return super.forward(x)
        }
        override backward(dout: Tensor): Tensor {
          super.backward(dout)
          return backward(this.#plain as Affine, dout)
        }
      },
    )

  it('Affine with a wrong dx: W in place of Wᵀ, which fits a square W', () => {
    expectFault(
      backwardOf((own, dout) => new Affine(own.W, zeros([3])).forward(dout)),
      'x',
    )
  })

  it('Affine with a wrong dx: dout ignored', () => {
    expectFault(
      backwardOf((own, dout) => own.backward(ones(dout.shape))),
      'x',
    )
  })

  it('a backward that writes into dout', () => {
    const make = backwardOf((own, dout) => {
      const dx = own.backward(dout)
      dout.data.fill(0)
      return dx
    })
    expectFault(make, { finding: 'dout-mutated' })
  })

  it('gradients that accumulate from one backward to the next', () => {
    const make = () => {
      let total = zeros([3, 3])
      return affine(
        3,
        3,
        class extends Affine {
          override get dW(): Tensor {
            return total
          }
          override backward(dout: Tensor): Tensor {
            const dx = super.backward(dout)
            total = tensor(total.data.map((value, i) => value + super.dW.data[i])).reshape([3, 3])
            return dx
          }
        },
      )
    }
    expectFault(make, { finding: 'accumulated' })
  })

  it('the book’s Relu, which writes into dout', () => {
    class BookRelu extends Relu {
      override backward(dout: Tensor): Tensor {
        dout.data.set(super.backward(dout).data)
        return dout
      }
    }
    expectFault(() => new BookRelu(), { finding: 'dout-mutated' })
  })

  it('Relu with a missing or an inverted mask', () => {
    class Unmasked extends Relu {
      override backward(dout: Tensor): Tensor {
        return dout.clone()
      }
    }
    class Inverted extends Relu {
      override backward(dout: Tensor): Tensor {
        return tensor(super.backward(dout).data.map((value, i) => dout.data[i] - value)).reshape(dout.shape)
      }
    }
    expectFault(() => new Unmasked(), 'x')
    expectFault(() => new Inverted(), 'x')
  })

  it('Relu with derivative 1 at 0, as the book’s relu_grad, if the derivative from the left is expected', () => {
    class AtZero extends Relu {
      #x?: Tensor
      override forward(x: Tensor): Tensor {
        this.#x = x
        return super.forward(x)
      }
      override backward(dout: Tensor): Tensor {
        const x = this.#x as Tensor
        return tensor(dout.data.map((value, i) => (x.data[i] >= 0 ? value : 0))).reshape(dout.shape)
      }
    }
    const report = checkLayer(
      () => new AtZero(),
      tensor([
        [0, -1],
        [1, 2],
      ]),
      { atKink: 'left' },
    )
    expect(report.verdict, report.toString()).toBe('fail')
  })

  it('Sigmoid with y in place of y·(1 − y), and Tanh with 1 − y in place of 1 − y²', () => {
    class Wrong extends Sigmoid {
      #y?: Tensor
      override forward(x: Tensor): Tensor {
        this.#y = super.forward(x)
        return this.#y
      }
      override backward(dout: Tensor): Tensor {
        return mul(dout, this.#y as Tensor)
      }
    }
    class WrongTanh extends Tanh {
      #y?: Tensor
      override forward(x: Tensor): Tensor {
        this.#y = super.forward(x)
        return this.#y
      }
      override backward(dout: Tensor): Tensor {
        return tensor(dout.data.map((value, i) => value * (1 - (this.#y as Tensor).data[i]))).reshape(
          dout.shape,
        )
      }
    }
    expectFault(() => new Wrong(), 'x')
    expectFault(() => new WrongTanh(), 'x')
  })

  it('the notebook’s MulLayer, which adds where it must multiply', () => {
    class Notebook extends MulLayer {
      #inputs = [0, 0]
      override forward(x: number, y: number): number {
        this.#inputs = [x, y]
        return super.forward(x, y)
      }
      override backward(dout: number): [number, number] {
        const [x, y] = this.#inputs
        return [dout + y, dout + x]
      }
    }
    const report = checkLayer(() => new Notebook(), [3, 5])
    expect(report.verdict, report.toString()).toBe('fail')
    expect(report.entries.map(({ name, verdict }) => [name, verdict])).toEqual([
      ['x', 'fail'],
      ['y', 'fail'],
    ])
  })

  it('MulLayer with dx and dy exchanged', () => {
    class Swapped extends MulLayer {
      override backward(dout: number): [number, number] {
        const [dx, dy] = super.backward(dout)
        return [dy, dx]
      }
    }
    expect(checkLayer(() => new Swapped(), [3, 5]).verdict).toBe('fail')
  })

  it('BatchNormalization that takes mean and variance for constants in backward', () => {
    class Constant extends BatchNormalization {
      override backward(dout: Tensor): Tensor {
        super.backward(dout)
        const own = new BatchNormalization(this.gamma, this.beta, { momentum: 0 })
        own.forward(x, { train: true })
        own.forward(x)
        return own.backward(dout)
      }
    }
    const report = checkLayer(() => batchNormalization(3, Constant), x, { train: true })
    expect(report.verdict, report.toString()).toBe('fail')
  })

  it('Dropout that draws a new mask in each pass, which it says', () => {
    class Hidden extends Dropout {
      override get randomState(): never {
        return undefined as never
      }
    }
    const report = checkLayer(new Hidden({ rng: createRng(0) }), x, { train: true })
    expect(report.verdict, report.toString()).toBe('fail')
    expect(report.toString()).toContain('reseed')
  })

  it('Sequential that skips a layer in backward', () => {
    class Skipping extends Sequential {
      override backward(dout: Tensor): Tensor {
        const [first, , last] = this.layers
        return first.backward(last.backward(dout))
      }
    }
    expectFault(() => new Skipping([affine(3, 4), new Sigmoid(), affine(4, 2)]), '0.W')
  })
})

function withEntry(x: Tensor, at: number, value: number): Tensor {
  x.data[at] = value
  return x
}

/** Exchanges the first two rows. */
function withRows(x: Tensor): Tensor {
  const first = x.row(0).data.slice()
  x.row(0).data.set(x.row(1).data)
  x.row(1).data.set(first)
  return x
}
