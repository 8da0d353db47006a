import { add, createRng, mean, randomNormal, scale, type Tensor, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Affine } from './index.ts'

/** (3, 2) and (2): small whole numbers, so that everything can be checked by hand and is exact. */
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

describe('Affine forwards', () => {
  it('computes X·W + b, one sample a row: by hand', () => {
    expect(new Affine(W(), b()).forward(x).toArray()).toEqual([
      [1 - 5 + 10, 2 - 6 + 20],
      [2 + 3 + 10, 4 + 4 + 20],
    ])
  })

  it('is linear but for the bias: f(αx + y) − b = α(f(x) − b) + f(y) − b', () => {
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

  it('takes one sample as a vector (D) and gives a vector (M): the row that a batch of one gives', () => {
    const layer = new Affine(W(), b())
    expect(layer.forward(x.row(1)).shape).toEqual([2])
    expect(layer.forward(x.row(1)).toArray()).toEqual([15, 28])
  })

  it('flattens samples of more axes, as images (N, C, H, W), and gives dx in their shape', () => {
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

  it('takes an empty batch, which adds nothing to any gradient', () => {
    const layer = new Affine(W(), b())
    expect(layer.forward(zeros([0, 3])).shape).toEqual([0, 2])
    expect(layer.backward(zeros([0, 2])).shape).toEqual([0, 3])
    expect(layer.dW.toArray()).toEqual(zeros([3, 2]).toArray())
    expect(layer.db.toArray()).toEqual([0, 0])
  })

  it('names the shape that came and the shape that would fit', () => {
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

  it('refuses x of another dtype and names astype', () => {
    expect(() => new Affine(W(), b()).forward(x.astype('float32'))).toThrow(/float32 and float64.*astype/)
  })

  it('lets NaN through to the outputs of its sample, and only those', () => {
    const spoilt = x.clone()
    spoilt.data[0] = Number.NaN
    const y = new Affine(W(), b()).forward(spoilt)
    expect([...y.data].map(Number.isNaN)).toEqual([true, true, false, false])
  })
})

describe('Affine backwards', () => {
  it('gives dX = dout·Wᵀ, dW = Xᵀ·dout and db = dout summed over the rows: by hand', () => {
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

  it('gives for one sample (D) what a batch of one gives, dx as a vector', () => {
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

  it('is a batch of samples each on its own: rows of dx, and sums of dW and db', () => {
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

  it('answers for the latest forward, and replaces dW and db by new tensors', () => {
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

  it('may leave out dx, which the first layer of a network is not asked for; dW and db are the same', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(layer.backward(dout, { inputGradient: false })).toBeUndefined()
    const [dW, db] = [layer.dW.toArray(), layer.db.toArray()]
    layer.backward(dout)
    expect([layer.dW.toArray(), layer.db.toArray()]).toEqual([dW, db])
  })

  it('refuses to answer before forward, and has no dW and db before backward', () => {
    const layer = new Affine(W(), b())
    expect(() => layer.backward(dout)).toThrow('Affine: backward called before forward')
    expect(() => layer.dW).toThrow('Affine: dW read before backward')
    expect(() => layer.db).toThrow('Affine: db read before backward')
    expect(() => layer.parameters()[0].grad).toThrow('Affine: dW read before backward')
  })

  it('refuses a dout that has not the shape of the output: both are named', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(() => layer.backward(zeros([2, 3]))).toThrow(
      'Affine: dout has shape (2, 3), but the output had (2, 2), and dout must match it',
    )
    expect(() => layer.backward(zeros([4]))).toThrow(/\(4\)/)
    layer.forward(x.row(0))
    expect(() => layer.backward(zeros([1, 2]))).toThrow(/dout has shape \(1, 2\), but the output had \(2\)/)
  })

  it('refuses a dout of another dtype and names astype', () => {
    const layer = new Affine(W(), b())
    layer.forward(x)
    expect(() => layer.backward(dout.astype('float32'))).toThrow(/astype/)
  })
})

describe('Affine and what it is given', () => {
  it('leaves x, dout, W and b as they were, both ways', () => {
    const layer = new Affine(W(), b())
    const given = [x, dout, layer.W, layer.b]
    const before = given.map(({ data }) => data.slice())
    layer.forward(x)
    layer.backward(dout)
    expect(given.map(({ data }) => data)).toEqual(before)
  })

  it('keeps W and b themselves: what an optimizer writes into its parameters is seen by the next forward', () => {
    const own = W()
    const layer = new Affine(own, b())
    const [first, second] = layer.parameters()
    expect([first.name, second.name]).toEqual(['W', 'b'])
    expect(first.value).toBe(own)
    first.value.data.fill(0)
    expect(layer.forward(x).row(0).toArray()).toEqual([10, 20])
  })

  it('shows as grad of a parameter always the latest: handles may be fetched once and kept', () => {
    const layer = new Affine(W(), b())
    const [first, second] = layer.parameters()
    for (const factor of [1, 3]) {
      layer.forward(x)
      layer.backward(scale(dout, factor))
      expect(first.grad).toBe(layer.dW)
      expect(second.grad).toBe(layer.db)
    }
  })

  it('refuses W and b that do not fit each other, in words', () => {
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

describe('shapes of Affine', () => {
  const layer = new Affine(W(), b())

  it('has an output of shape (M) for one sample of shape (D), or of another shape with D elements', () => {
    expect(layer.inputShape).toEqual([3])
    expect(layer.outputShape([3])).toEqual([2])
    expect(layer.outputShape([1, 3, 1])).toEqual([2])
  })

  it('refuses samples of another size, and names both shapes', () => {
    for (const shape of [[4], [2, 3], []]) {
      expect(() => layer.outputShape(shape)).toThrow(
        `Affine: one sample has shape (${shape.join(', ')}), but W (3, 2) takes (3), or another shape of 3 elements`,
      )
    }
  })
})

describe('Affine.astype', () => {
  it('returns a copy of the same class in another dtype, and leaves the layer as it was', () => {
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
    ['a number, taken as it is', 0.01, 0.01],
  ] as const)('draws W with the standard deviation of %s, and sets b to 0', (_, init, expected) => {
    const layer = Affine.init(200, 100, { init, rng: createRng(1) })
    expect(layer.W.shape).toEqual([200, 100])
    // Of 20,000 deviates the deviation is known to within 0.5 %; 2 % is four of these.
    expect(std(layer) / expected).toBeGreaterThan(0.98)
    expect(std(layer) / expected).toBeLessThan(1.02)
    expect(layer.b.toArray()).toEqual(new Array(100).fill(0))
  })

  it('gives the same weights for the same seed, in float32 by default', () => {
    const make = () => Affine.init(3, 2, { rng: createRng(7) })
    expect(make().W.toArray()).toEqual(make().W.toArray())
    expect([make().W.dtype, make().b.dtype]).toEqual(['float32', 'float32'])
    const double = Affine.init(3, 2, { rng: createRng(7), dtype: 'float64' })
    expect([double.W.dtype, double.b.dtype]).toEqual(['float64', 'float64'])
    expect(make().W.toArray()).toEqual(double.W.astype('float32').toArray())
  })

  it('refuses sizes and deviations that make no layer', () => {
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
    expect(() => Affine.init(3, 2, {} as never)).toThrow(/rng: createRng\(seed\)/)
  })
})
