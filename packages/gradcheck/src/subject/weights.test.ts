import { add, matmul, mul, scale, sum, Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, checkLoss } from '../index.ts'
import { Dense, normal } from '../layers.testing.ts'

const x = normal([4, 3])

/** The book's style: weights and gradients as properties, and nothing that lists them. */
class BookAffine {
  W = normal([3, 2], 1)
  b = normal([2], 2)
  x?: Tensor
  dW?: Tensor
  db?: Tensor
  dx?: Tensor
  readonly sign: number

  constructor(sign = 1) {
    this.sign = sign
  }
  forward(x: Tensor): Tensor {
    this.x = x.clone()
    return add(matmul(x, this.W), this.b)
  }
  backward(dout: Tensor): Tensor {
    this.dW = scale(matmul(this.x as Tensor, dout, { transposeA: true }), this.sign)
    this.db = sum(dout, { axis: 0 })
    this.dx = matmul(dout, this.W, { transposeB: true })
    return this.dx
  }
}

const namesOf = (layer: object): string[] => checkLayer(layer as Dense, x).entries.map(({ name }) => name)

describe('checkLayer of a layer without parameters()', () => {
  it('finds W and b beside dW and db, but takes x and dx for no weight', () => {
    expect(namesOf(new BookAffine())).toEqual(['x', 'W', 'b'])
    expect(checkLayer(new BookAffine(), x).verdict).toBe('pass')
    expect(checkLayer(new BookAffine(-1), x).entries[1]).toMatchObject({ name: 'W', verdict: 'fail' })
  })

  it('finds gradients by other usual names, and in layers inside', () => {
    const affine = new BookAffine()
    const renamed = (name: string) => ({
      weight: affine.W,
      forward: (x: Tensor) => affine.forward(x),
      backward(dout: Tensor) {
        const dx = affine.backward(dout)
        Object.assign(this, { [name]: affine.dW })
        return dx
      },
    })
    const names = ['dWeight', 'weight_grad', 'weightGrad', 'gradWeight', 'd_weight', 'gWeight', 'deltaWeight']
    for (const name of names) {
      expect(namesOf(renamed(name))).toContain('weight')
    }
    const outer = {
      inner: [new BookAffine()],
      forward: (x: Tensor) => outer.inner[0].forward(x),
      backward: (dout: Tensor) => outer.inner[0].backward(dout),
    }
    expect(namesOf(outer)).toEqual(['x', 'inner.0.W', 'inner.0.b'])
  })

  it('finds params and grads, as arrays and as objects', () => {
    for (const isArray of [true, false]) {
      const affine = new BookAffine()
      const layer = {
        params: isArray ? [affine.W, affine.b] : { W: affine.W, b: affine.b },
        grads: [] as unknown,
        forward: (x: Tensor) => affine.forward(x),
        backward(dout: Tensor) {
          const dx = affine.backward(dout)
          layer.grads = isArray ? [affine.dW, affine.db] : { W: affine.dW, b: affine.db }
          return dx
        },
      }
      expect(
        namesOf({
          ...layer,
          get grads() {
            return layer.grads
          },
        }),
      ).toEqual(isArray ? ['x', 'params.0', 'params.1'] : ['x', 'W', 'b'])
    }
  })

  it('finds typed arrays', () => {
    const layer = {
      w: Float64Array.of(0.5, -2, 3),
      dw: new Float64Array(3),
      kept: x,
      forward(x: Tensor) {
        layer.kept = x
        return new Tensor(
          x.data.map((value, i) => value * layer.w[i % 3]),
          x.shape,
        )
      },
      backward(dout: Tensor) {
        layer.dw = Float64Array.from([0, 1, 2], (j) =>
          Array.from(dout.data).reduce(
            (s: number, d: number, i: number) => (i % 3 === j ? s + d * layer.kept.data[i] : s),
            0,
          ),
        )
        return new Tensor(
          dout.data.map((d, i) => d * layer.w[i % 3]),
          dout.shape,
        )
      },
    }
    const report = checkLayer(layer, x)
    expect([report.verdict, report.entries.map(({ name }) => name)]).toEqual(['pass', ['x', 'w']])
  })

  it('is inconclusive, and names them, if weights have no gradient that can be found', () => {
    const affine = new BookAffine()
    const layer = {
      W: affine.W,
      table: [[1, 2]],
      forward: (x: Tensor) => affine.forward(x),
      backward: (dout: Tensor) => affine.backward(dout),
    }
    const report = checkLayer(layer, x)
    expect([report.verdict, report.unchecked]).toEqual(['inconclusive', ['W']])
    expect(report.notes[0]).toMatch(/^not checked: W, on which the output depends/)
  })

  it('takes no buffer for a weight', () => {
    const shift = normal([3], 9)
    const layer = {
      shift,
      buffers: () => [{ name: 'shift', value: shift }],
      forward: (x: Tensor) => add(x, shift),
      backward: (dout: Tensor) => dout,
    }
    expect(checkLayer(layer, x)).toMatchObject({ verdict: 'pass', unchecked: [] })
  })
})

describe('checkLayer of a layer with parameters()', () => {
  it('asks for the gradients after each pass, as optimizers do', () => {
    class Live extends Dense {
      override parameters() {
        return [
          { name: 'W', value: this.W, grad: this.dW },
          { name: 'b', value: this.b, grad: this.db },
        ]
      }
    }
    expect(String(checkLayer(new Live(3, 2), x))).toContain('Live: pass')
  })

  it('finds weights that are made in the first forward', () => {
    class Lazy {
      inner?: Dense
      forward(x: Tensor) {
        this.inner ??= new Dense(x.shape[1], 2)
        return this.inner.forward(x)
      }
      backward(dout: Tensor) {
        return (this.inner as Dense).backward(dout)
      }
      parameters() {
        return this.inner?.parameters() ?? []
      }
    }
    expect(namesOf(new Lazy())).toEqual(['x', 'W', 'b'])
  })

  it('finds nested arrays, numbers, maps, and objects with value and grad, and restores them', () => {
    const product = (W: Tensor, x: Tensor) => matmul(x, W)
    const kept = (sign: number) => {
      const layers = {
        arrays: { W: normal([3, 2], 1).toArray(), dW: undefined as unknown },
        map: { params: new Map([['W', normal([3, 2], 1)]]), grads: new Map<string, Tensor>() },
        object: { W: { value: normal([3, 2], 1), grad: undefined as unknown } },
      }
      const { arrays, map, object } = layers
      const withPasses = (kept: object, W: () => Tensor, store: (dW: Tensor) => void) => {
        let x0: Tensor
        return Object.assign(kept, {
          forward: (x: Tensor) => product(W(), (x0 = x.clone())),
          backward(dout: Tensor) {
            store(scale(matmul(x0, dout, { transposeA: true }), sign))
            return matmul(dout, W(), { transposeB: true })
          },
        })
      }
      return [
        withPasses(
          arrays,
          () => tensor(arrays.W),
          (dW) => (arrays.dW = dW.toArray()),
        ),
        withPasses(
          map,
          () => map.params.get('W') as Tensor,
          (dW) => map.grads.set('W', dW),
        ),
        withPasses(
          object,
          () => object.W.value,
          (dW) => (object.W.grad = dW),
        ),
      ]
    }
    for (const [sign, verdict] of [
      [1, 'pass'],
      [-1, 'fail'],
    ] as const) {
      for (const layer of kept(sign)) {
        const before = JSON.stringify(layer, (_, value) =>
          value instanceof Tensor ? value.toArray() : value,
        )
        const { entries } = checkLayer(layer, x)
        expect(entries.map(({ name, verdict }) => [name, verdict])).toEqual([
          ['x', 'pass'],
          ['W', verdict],
        ])
        const { W } = JSON.parse(before)
        if (Array.isArray(W)) expect((layer as { W?: unknown }).W).toEqual(W)
      }
    }
  })

  it('takes a number beside another for a weight if backward changes that one, but t beside dt for none', () => {
    const scaled = (sign: number) => ({
      alpha: 0.3,
      dalpha: 0,
      t: 0.5,
      dt: 0.1,
      x,
      forward(x: Tensor) {
        this.x = x.clone()
        return scale(x, this.alpha + this.t)
      },
      backward(dout: Tensor) {
        this.dalpha = sign * Array.from(mul(dout, this.x).data).reduce((a: number, b: number) => a + b, 0)
        return scale(dout, this.alpha + this.t)
      },
    })
    const layer = scaled(1)
    expect(checkLayer(layer, x).entries.map(({ name }) => name)).toEqual(['x', 'alpha'])
    expect([layer.alpha, layer.t]).toEqual([0.3, 0.5])
    expect(checkLayer(layer, x).verdict).toBe('pass')
    expect(checkLayer(scaled(-1), x).verdict).toBe('fail')
  })

  it('is inconclusive about a matrix of nested arrays without a gradient', () => {
    const W = normal([3, 2], 1).toArray()
    const layer = {
      W,
      forward: (x: Tensor) => matmul(x, tensor(W)),
      backward: (dout: Tensor) => matmul(dout, tensor(W), { transposeB: true }),
    }
    expect(checkLayer(layer, x)).toMatchObject({ verdict: 'inconclusive', unchecked: ['W'] })
  })

  it('is inconclusive if it leaves out a weight', () => {
    const dense = new Dense(3, 2)
    const incomplete = {
      W: dense.W,
      b: dense.b,
      forward: (x: Tensor) => dense.forward(x),
      backward: (dout: Tensor) => dense.backward(dout),
      parameters: () => dense.parameters().slice(0, 1),
    }
    expect(checkLayer(incomplete, x)).toMatchObject({ verdict: 'inconclusive', unchecked: ['b'] })
  })
})

describe('checkLoss', () => {
  it('finds the weights of a loss', () => {
    const loss = {
      w: Float64Array.of(2),
      dw: new Float64Array(1),
      x,
      forward(x: Tensor) {
        loss.x = x
        return loss.w[0] * Array.from(x.data).reduce((a: number, b: number) => a + b * b, 0)
      },
      backward(dout = 1) {
        loss.dw[0] = dout * Array.from(loss.x.data).reduce((a: number, b: number) => a + b * b, 0)
        return scale(loss.x, 2 * dout * loss.w[0])
      },
    }
    expect(checkLoss(loss, x, null).entries.map(({ name }) => name)).toEqual(['x', 'w'])
  })
})
