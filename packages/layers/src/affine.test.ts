import { add, createRng, mean, randomNormal, scale, type Tensor, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Affine } from './index.ts'

/** (3, 2) and (2): small integers, so that all results are exact and can be checked by hand. */
const W = () =>
  tensor([
    [1, 2],
    [3, 4],
    [5, 6],
  ])
const b = () => tensor([10, 20])
const x = tensor([
  [1, 0, -1],
  [2, 1, 0],
])
const dout = tensor([
  [1, -1],
  [0, 2],
])

const length = fc.integer({ min: 1, max: 6 })
const seed = fc.integer({ min: 0, max: 2 ** 31 })

function randomAffine(D: number, M: number, from: number) {
  const rng = createRng(from)
  const layer = new Affine(randomNormal([D, M], { rng }), randomNormal([M], { rng }))
  return { layer, rng, normal: (...shape: number[]) => randomNormal(shape, { rng }) }
}

const expectNear = (a: Tensor, b: Tensor) => {
  expect(a.shape).toEqual(b.shape)
  a.data.forEach((value, i) => {
    expect(value).toBeCloseTo(b.data[i], 12)
  })
}

describe('Affine.forward', () => {
  it('computes X·W + b, one sample per row, as calculated by hand', () => {
    expect(new Affine(W(), b()).forward(x).toArray()).toEqual([
      [1 - 5 + 10, 2 - 6 + 20],
      [2 + 3 + 10, 4 + 4 + 20],
    ])
  })

  it('is linear except for the bias: f(αx + y) − b = α(f(x) − b) + f(y) − b', () => {
    fc.assert(
      fc.property(length, length, length, seed, (N, D, M, from) => {
        const { layer, normal } = randomAffine(D, M, from)
        const linear = new Affine(layer.W, zeros([M]))
        const [p, q] = [normal(N, D), normal(N, D)]
        const got = linear.forward(add(scale(p, 2.5), q))
        expectNear(got, add(scale(linear.forward(p), 2.5), linear.forward(q)))
        expectNear(layer.forward(p), add(linear.forward(p), layer.b))
      }),
    )
  })

  it('returns a vector (M) for one sample (D), equal to the row of a batch of one', () => {
    const layer = new Affine(W(), b())
    expect(layer.forward(x.row(1)).shape).toEqual([2])
    expect(layer.forward(x.row(1)).toArray()).toEqual([15, 28])
  })

  it('flattens images (N, C, H, W), and backward returns dx in their shape', () => {
    const { layer, normal } = randomAffine(12, 5, 1)
    const images = normal(4, 3, 2, 2)
    const dout = normal(4, 5)
    const y = layer.forward(images)
    const dx = layer.backward(dout)
    expect([y.shape, dx.shape]).toEqual([
      [4, 5],
      [4, 3, 2, 2],
    ])
    expect(layer.forward(images.reshape([4, 12])).toArray()).toEqual(y.toArray())
    expect(layer.backward(dout).data).toEqual(dx.data)
  })

  it('accepts an empty batch, whose gradients are 0', () => {
    const layer = new Affine(W(), b())
    expect(layer.forward(zeros([0, 3])).shape).toEqual([0, 2])
    expect(layer.backward(zeros([0, 2])).shape).toEqual([0, 3])
    expect(layer.dW.toArray()).toEqual(zeros([3, 2]).toArray())
    expect(layer.db.toArray()).toEqual([0, 0])
  })

  it('throws for a shape that does not fit, naming it and the shapes that would', () => {
    const layer = new Affine(W(), b())
    const message = (shape: string) =>
      `Affine: x has shape ${shape}, but W (3, 2) takes (N, 3), or (3) for one sample`
    expect(() => layer.forward(zeros([2, 4]))).toThrow(message('(2, 4)'))
    expect(() => layer.forward(zeros([2]))).toThrow(message('(2)'))
    expect(() => layer.forward(zeros([3, 1]))).toThrow(message('(3, 1)'))
    expect(() => layer.forward(tensor(1))).toThrow(message('()'))
    expect(() => new Affine(tensor([[1]]), tensor([0])).forward(tensor(1))).toThrow(RangeError)
    expect(() => layer.forward(zeros([2, 4]))).toThrow(RangeError)
  })

  it('throws for x of another dtype, naming astype', () => {
    expect(() => new Affine(W(), b()).forward(x.astype('float32'))).toThrow(
      /is float32 and .* float64, .*astype/,
    )
  })

  it('passes NaN to the outputs of its sample only', () => {
    const withNaN = x.clone()
    withNaN.data[0] = Number.NaN
    const y = new Affine(W(), b()).forward(withNaN)
    expect([...y.data].map(Number.isNaN)).toEqual([true, true, false, false])
  })
})

describe('Affine.backward', () => {
  it('computes dX = dout·Wᵀ, dW = Xᵀ·dout and db = Σ dout, as calculated by hand', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(layer.backward(dout).toArray()).toEqual([
      [1 - 2, 3 - 4, 5 - 6],
      [4, 8, 12],
    ])
    expect(layer.dW.toArray()).toEqual([
      [1, -1 + 4],
      [0, 2],
      [-1, 1],
    ])
    expect(layer.db.toArray()).toEqual([1, 1])
  })

  it('returns dx as a vector for one sample (D), with the gradients of a batch of one', () => {
    fc.assert(
      fc.property(length, length, seed, (D, M, from) => {
        const { layer, normal } = randomAffine(D, M, from)
        const [x, dout] = [normal(1, D), normal(1, M)]
        const y = layer.forward(x)
        const [dx, dW, db] = [layer.backward(dout), layer.dW, layer.db]
        expect(layer.forward(x.row(0)).toArray()).toEqual(y.row(0).toArray())
        expect(layer.backward(dout.row(0)).toArray()).toEqual(dx.row(0).toArray())
        expect([layer.dW.toArray(), layer.db.toArray()]).toEqual([dW.toArray(), db.toArray()])
      }),
    )
  })

  it('treats samples independently: dx by rows, dW and db as sums over the samples', () => {
    fc.assert(
      fc.property(length, length, length, seed, (N, D, M, from) => {
        const { layer, normal } = randomAffine(D, M, from)
        const [x, dout] = [normal(N, D), normal(N, M)]
        layer.forward(x)
        const [dx, dW, db] = [layer.backward(dout), layer.dW, layer.db]
        let [sumW, sumB] = [zeros([D, M]), zeros([M])]
        for (let n = 0; n < N; n++) {
          layer.forward(x.row(n))
          expectNear(layer.backward(dout.row(n)), dx.row(n))
          sumW = add(sumW, layer.dW)
          sumB = add(sumB, layer.db)
        }
        expectNear(dW, sumW)
        expectNear(db, sumB)
      }),
    )
  })

  it('belongs to the latest forward, and replaces dW and db by new tensors', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    layer.backward(dout)
    const [dW, db] = [layer.dW, layer.db]
    const kept = [dW.data.slice(), db.data.slice()]
    layer.forward(scale(x, 2))
    layer.backward(dout)
    expect(layer.dW.toArray()).toEqual(scale(dW, 2).toArray())
    expect([dW.data, db.data]).toEqual(kept)
  })

  it('skips dx with inputGradient: false, with the same dW and db', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(layer.backward(dout, { inputGradient: false })).toBeUndefined()
    const [dW, db] = [layer.dW.toArray(), layer.db.toArray()]
    layer.backward(dout)
    expect([layer.dW.toArray(), layer.db.toArray()]).toEqual([dW, db])
  })

  it('throws before forward, as dW and db do before backward', () => {
    const layer = new Affine(W(), b())
    expect(() => layer.backward(dout)).toThrow('Affine: backward called before forward')
    expect(() => layer.dW).toThrow('Affine: dW read before backward')
    expect(() => layer.db).toThrow('Affine: db read before backward')
    expect(() => layer.parameters()[0].grad).toThrow('Affine: dW read before backward')
  })

  it('throws for a dout without the shape of the output, naming both shapes', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(() => layer.backward(zeros([2, 3]))).toThrow(
      'Affine: dout has shape (2, 3), but the output had (2, 2), and dout must match it',
    )
    expect(() => layer.backward(zeros([4]))).toThrow(/\(4\)/)
    layer.forward(x.row(0))
    expect(() => layer.backward(zeros([1, 2]))).toThrow(/dout has shape \(1, 2\), but the output had \(2\)/)
  })

  it('throws for a dout of another dtype, naming astype', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(() => layer.backward(dout.astype('float32'))).toThrow(/astype/)
  })
})

describe('Affine and its tensors', () => {
  it('does not change x, dout, W or b in forward and backward', () => {
    const layer = new Affine(W(), b())
    const given = [x, dout, layer.W, layer.b]
    const before = given.map(({ data }) => data.slice())
    layer.forward(x)
    layer.backward(dout)
    expect(given.map(({ data }) => data)).toEqual(before)
  })

  it('stores W and b themselves, so that forward sees what an optimizer writes into them', () => {
    const own = W()
    const layer = new Affine(own, b())
    const [first, second] = layer.parameters()
    expect([first.name, second.name]).toEqual(['W', 'b'])
    expect(first.value).toBe(own)
    first.value.data.fill(0)
    expect(layer.forward(x).row(0).toArray()).toEqual([10, 20])
  })

  it('returns the latest gradient from the grad of a parameter, also of one fetched earlier', () => {
    const layer = new Affine(W(), b())
    const [first, second] = layer.parameters()
    for (const factor of [1, 3]) {
      layer.forward(x)
      layer.backward(scale(dout, factor))
      expect(first.grad).toBe(layer.dW)
      expect(second.grad).toBe(layer.db)
    }
  })

  it('throws for W and b that do not fit each other', () => {
    expect(() => new Affine(W(), zeros([3]))).toThrow(
      'Affine: W (3, 2) must be a matrix (D, M) and b (3) a vector (M)',
    )
    expect(() => new Affine(zeros([3]), b())).toThrow(RangeError)
    expect(() => new Affine(W(), zeros([1, 2]))).toThrow(RangeError)
    expect(() => new Affine(W(), b().astype('float32'))).toThrow(
      'Affine: W is float64 and b float32: convert one with astype',
    )
  })
})

describe('Affine.outputShape', () => {
  const layer = new Affine(W(), b())

  it('is (M) for one sample of shape (D), or of another shape with D elements', () => {
    expect(layer.inputShape).toEqual([3])
    expect(layer.outputShape([3])).toEqual([2])
    expect(layer.outputShape([1, 3, 1])).toEqual([2])
  })

  it('throws for samples of another size, naming both shapes', () => {
    for (const shape of [[4], [2, 3], []]) {
      expect(() => layer.outputShape(shape)).toThrow(
        `Affine: one sample has shape (${shape.join(', ')}), but W (3, 2) takes (3), or another shape of 3 elements`,
      )
    }
  })
})

describe('Affine.astype', () => {
  it('returns a copy of the same class in another dtype, and does not change the layer', () => {
    class Own extends Affine {}
    const layer = new Own(W(), b())
    const copy = layer.astype('float32')
    expect(copy).toBeInstanceOf(Own)
    expect([copy.W.dtype, copy.b.dtype, layer.W.dtype]).toEqual(['float32', 'float32', 'float64'])
    expect([copy.W.toArray(), copy.b.toArray()]).toEqual([layer.W.toArray(), layer.b.toArray()])
    const double = layer.astype('float64')
    double.W.data.fill(0)
    expect(layer.W.toArray()).toEqual(W().toArray())
  })
})

describe('Affine.init', () => {
  const std = (layer: Affine) => Math.sqrt(mean(layer.W.clone()) ** 2 + mean(squares(layer.W)))
  const squares = (x: Tensor) => tensor(x.data.map((value) => value * value))

  it.each([
    ["'he', the default: √(2/D)", undefined, Math.sqrt(2 / 200)],
    ["'xavier': √(1/D)", 'xavier', Math.sqrt(1 / 200)],
    ['a number itself', 0.01, 0.01],
  ] as const)('draws W with the standard deviation of %s, and sets b to 0', (_, init, expected) => {
    const layer = Affine.init(200, 100, { init, rng: createRng(1) })
    expect(layer.W.shape).toEqual([200, 100])
    // The standard error with 20,000 samples is 0.5 %; 2 % is four of them.
    expect(std(layer) / expected).toBeGreaterThan(0.98)
    expect(std(layer) / expected).toBeLessThan(1.02)
    expect(layer.b.toArray()).toEqual(new Array(100).fill(0))
  })

  it('returns the same weights for the same seed, in float32 by default', () => {
    const make = () => Affine.init(3, 2, { rng: createRng(7) })
    expect(make().W.toArray()).toEqual(make().W.toArray())
    expect([make().W.dtype, make().b.dtype]).toEqual(['float32', 'float32'])
    const double = Affine.init(3, 2, { rng: createRng(7), dtype: 'float64' })
    expect([double.W.dtype, double.b.dtype]).toEqual(['float64', 'float64'])
    expect(make().W.toArray()).toEqual(double.W.astype('float32').toArray())
  })

  it('throws for sizes below 1, and for an init that is not one', () => {
    const rng = createRng(0)
    expect(() => Affine.init(0, 2, { rng })).toThrow(
      'Affine.init: sizes must be integers of at least 1, not 0 and 2',
    )
    expect(() => Affine.init(3, 2.5, { rng })).toThrow(RangeError)
    for (const init of [-1, Number.NaN, 'lecun' as 'he']) {
      expect(() => Affine.init(3, 2, { init, rng })).toThrow(
        /init must be 'he', 'xavier' or a standard deviation/,
      )
    }
    expect(() => Affine.init(3, 2, {} as never)).toThrow('Affine.init: the option rng is missing')
    expect(() => Affine.init(2, 3, undefined as never)).toThrow(
      'Affine.init: options must be { init, rng, dtype }, not undefined',
    )
    expect(() => Affine.init(2, 3, { seed: 1 } as never)).toThrow('no option seed; did you mean rng?')
  })
})
