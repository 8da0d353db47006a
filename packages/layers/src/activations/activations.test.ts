import { createRng, randomNormal, sub, type Tensor, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Elu, Gelu, type Layer, LeakyRelu, Relu, Sigmoid, Softplus, Tanh } from '../index.ts'

const kinds: [string, () => Layer][] = [
  ['Relu', () => new Relu()],
  ['Sigmoid', () => new Sigmoid()],
  ['Tanh', () => new Tanh()],
  ['LeakyRelu', () => new LeakyRelu({ slope: 0.2 })],
  ['Elu', () => new Elu({ alpha: 0.5 })],
  ['Gelu', () => new Gelu()],
  ['Softplus', () => new Softplus()],
]
const seed = fc.integer({ min: 0, max: 2 ** 31 })
const shape = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 })

const expectClose = (got: Tensor, expected: number[]) => {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs(got.data[i] - value)).toBeLessThanOrEqual(4e-16 * Math.abs(value))
  }
}

describe('Relu', () => {
  it('passes positive elements and their gradients, and sets the others to 0', () => {
    const layer = new Relu()
    const x = tensor([
      [1, -0.5],
      [-2, 3],
    ])
    expect(layer.forward(x).toArray()).toEqual([
      [1, 0],
      [0, 3],
    ])
    const dout = tensor([
      [5, 6],
      [7, 8],
    ])
    expect(layer.backward(dout).toArray()).toEqual([
      [5, 0],
      [0, 8],
    ])
  })

  it('has derivative 0 at the kink, for 0 and −0', () => {
    const layer = new Relu()
    layer.forward(tensor([0, -0, 5e-324]))
    expect(layer.backward(tensor([1, 1, 1])).toArray()).toEqual([0, 0, 1])
  })

  it('is idempotent, and x = relu(x) − relu(−x)', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const x = randomNormal([3, 4], { rng: createRng(from) })
        const relu = (x: Tensor) => new Relu().forward(x)
        expect(relu(relu(x)).toArray()).toEqual(relu(x).toArray())
        expect(sub(relu(x), relu(sub(0, x))).toArray()).toEqual(x.toArray())
      }),
    )
  })

  it('passes NaN through, in forward and backward', () => {
    const layer = new Relu()
    expect(layer.forward(tensor([Number.NaN, 1, -1])).at(0)).toBeNaN()
    expect(layer.backward(tensor([4, Number.NaN, 4])).toArray()).toEqual([4, Number.NaN, 0])
  })
})

describe('Sigmoid', () => {
  it('has the values and derivatives computed by NumPy', () => {
    // python3 -c "import numpy as np; y = 1 / (1 + np.exp(-np.array([-2, 0, .5, 3]))); print(y.tolist(), (y * (1 - y)).tolist())"
    const layer = new Sigmoid()
    const y = [0.11920292202211755, 0.5, 0.6224593312018546, 0.9525741268224334]
    expectClose(layer.forward(tensor([-2, 0, 0.5, 3])), y)
    expectClose(
      layer.backward(tensor([1, 1, 1, 1])),
      [0.1049935854035065, 0.25, 0.2350037122015945, 0.045176659730912],
    )
  })

  it('is symmetric: sigmoid(−x) = 1 − sigmoid(x)', () => {
    fc.assert(
      fc.property(seed, (from) => {
        const x = randomNormal([20], { std: 5, rng: createRng(from) })
        const [y, mirrored] = [new Sigmoid().forward(x), new Sigmoid().forward(sub(0, x))]
        mirrored.data.forEach((value, i) => {
          expect(value).toBeCloseTo(1 - y.data[i], 15)
        })
      }),
    )
  })

  it('saturates at 0 and 1 with derivative 0, without overflow', () => {
    const layer = new Sigmoid()
    expect(layer.forward(tensor([-1e308, 1e308, -Infinity, Infinity])).toArray()).toEqual([0, 1, 0, 1])
    expect(layer.backward(tensor([1, 1, 1, 1])).toArray()).toEqual([0, 0, 0, 0])
  })
})

describe('Tanh', () => {
  it('has the values and derivatives computed by NumPy', () => {
    // python3 -c "import numpy as np; y = np.tanh([-2, 0, .5, 3]); print(y.tolist(), (1 - y**2).tolist())"
    const layer = new Tanh()
    expectClose(
      layer.forward(tensor([-2, 0, 0.5, 3])),
      [-0.9640275800758169, 0, 0.46211715726000974, 0.9950547536867305],
    )
    const dx = layer.backward(tensor([1, 1, 1, 1]))
    const slopes = [0.07065082485316443, 1, 0.7864477329659274, 0.009866037165440211]
    for (const [i, slope] of slopes.entries()) expect(dx.at(i)).toBeCloseTo(slope, 15)
  })

  it('is 2·sigmoid(2x) − 1', () => {
    fc.assert(
      fc.property(fc.double({ min: -30, max: 30, noNaN: true }), (value) => {
        const y = new Tanh().forward(tensor([value])).at(0)
        expect(y).toBeCloseTo(2 * new Sigmoid().forward(tensor([2 * value])).at(0) - 1, 14)
      }),
    )
  })
})

describe('LeakyRelu', () => {
  it('has the slope 0.01 below 0 by default, and at 0', () => {
    const layer = new LeakyRelu()
    expect(layer.forward(tensor([-2, 0, 3])).toArray()).toEqual([-0.02, 0, 3])
    expect(layer.backward(tensor([1, 1, 1])).toArray()).toEqual([0.01, 0.01, 1])
    expect(new LeakyRelu({ slope: 0.3 }).astype().slope).toBe(0.3)
    expect(() => new LeakyRelu({ slope: NaN })).toThrow('LeakyRelu: slope must be a finite number, not NaN')
    expect(() => new LeakyRelu({ alpha: 0.3 } as never)).toThrow('LeakyRelu: there is no option alpha')
  })
})

describe('Elu', () => {
  it('tends to −alpha, and is exact near 0, where e^x − 1 would cancel', () => {
    const layer = new Elu({ alpha: 2 })
    expect(layer.forward(tensor([-Infinity, -1e-20, 0, 5])).toArray()).toEqual([-2, -2e-20, 0, 5])
    expect(layer.backward(tensor([1, 1, 1, 1])).toArray()).toEqual([0, 2, 2, 1])
    expect(layer.astype().alpha).toBe(2)
    expect(() => new Elu({ alpha: Infinity })).toThrow('Elu: alpha must be a finite number, not Infinity')
  })
})

describe('Gelu', () => {
  it('is x − gelu of −x mirrored: gelu(x) − gelu(−x) = x', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 50, noNaN: true }), (value) => {
        const y = new Gelu().forward(tensor([value, -value]))
        expect(y.at(0) - y.at(1)).toBeCloseTo(value, 12)
      }),
    )
  })

  it('has its ends at 0 and the identity, with slopes 0 and 1', () => {
    const layer = new Gelu()
    expect(layer.forward(tensor([-Infinity, -1e300, 1e300, Infinity])).toArray()).toEqual([
      0,
      0,
      1e300,
      Infinity,
    ])
    expect(layer.backward(tensor([1, 1, 1, 1])).toArray()).toEqual([0, 0, 1, 1])
  })

  it('agrees from both sides where the series ends and the tail begins', () => {
    for (const edge of [-3, 3]) {
      const y = new Gelu().forward(tensor([edge * (1 - 1e-15), edge * (1 + 1e-15)]))
      expect(Math.abs(y.at(0) - y.at(1))).toBeLessThan(2e-14)
    }
  })
})

describe('Softplus', () => {
  it('neither overflows nor loses small results', () => {
    const layer = new Softplus()
    const y = layer.forward(tensor([-Infinity, -700, -40, 0, 40, 1e308]))
    expect(y.at(0)).toBe(0)
    expect(y.at(1) / Math.exp(-700)).toBeCloseTo(1, 12)
    expect(y.at(2) / Math.exp(-40)).toBeCloseTo(1, 12)
    expect([...y.data.subarray(3)]).toEqual([Math.log(2), 40, 1e308])
  })

  it('keeps small results in float32, too', () => {
    const y = new Softplus().forward(tensor([-20], { dtype: 'float32' }))
    expect(y.at(0) / Math.exp(-20)).toBeCloseTo(1, 6)
  })
})

describe.each(kinds)('%s', (name, make) => {
  it('keeps any shape in forward and backward, scalars and empty tensors included', () => {
    fc.assert(
      fc.property(shape, seed, (shape, from) => {
        const x = randomNormal(shape, { rng: createRng(from) })
        const layer = make()
        expect(layer.forward(x).shape).toEqual(shape)
        expect(layer.backward(x).shape).toEqual(shape)
      }),
    )
  })

  it('gives a single sample the same result as within a batch', () => {
    const rng = createRng(1)
    const [x, dout] = [randomNormal([3, 4], { rng }), randomNormal([3, 4], { rng })]
    const layer = make()
    const [y, dx] = [layer.forward(x), layer.backward(dout)]
    for (let n = 0; n < 3; n++) {
      expect(layer.forward(x.row(n)).data).toEqual(y.row(n).data)
      expect(layer.backward(dout.row(n)).data).toEqual(dx.row(n).data)
    }
  })

  it('is linear in dout: twice the dout gives twice the dx', () => {
    const rng = createRng(2)
    const layer = make()
    layer.forward(randomNormal([5], { rng }))
    const dout = randomNormal([5], { rng })
    const dx = layer.backward(dout)
    const doubled = layer.backward(tensor(dout.data.map((value) => 2 * value)))
    expect(doubled.data).toEqual(dx.data.map((value) => 2 * value))
  })

  it('does not change x, dout or earlier results', () => {
    const rng = createRng(3)
    const [x, dout] = [randomNormal([2, 3], { rng }), randomNormal([2, 3], { rng })]
    const layer = make()
    const given = [x, dout, layer.forward(x), layer.backward(dout)]
    const before = given.map(({ data }) => data.slice())
    layer.forward(dout)
    layer.backward(x)
    expect(given.map(({ data }) => data)).toEqual(before)
  })

  it('returns NaN exactly for the elements of x that are NaN', () => {
    const layer = make()
    const y = layer.forward(tensor([0.5, Number.NaN, -0.5]))
    expect([...y.data].map(Number.isNaN)).toEqual([false, true, false])
  })

  it('throws if backward is called before forward', () => {
    expect(() => make().backward(tensor([1]))).toThrow(`${name}: backward called before forward`)
  })

  it('throws for a dout of another shape, naming both, or of another dtype, naming astype', () => {
    const layer = make()
    layer.forward(zeros([2, 3]))
    expect(() => layer.backward(zeros([3]))).toThrow(
      `${name}: dout has shape (3), but the output had (2, 3), and dout must match it`,
    )
    expect(() => layer.backward(zeros([2, 3], { dtype: 'float32' }))).toThrow(/astype/)
  })

  it('has outputShape equal to the input shape', () => {
    expect(make().outputShape?.([3, 4])).toEqual([3, 4])
    expect(make().inputShape).toBeUndefined()
  })

  it('returns from astype a new layer of the same class, without a stored forward', () => {
    const layer = make()
    layer.forward(tensor([1]))
    const copy = layer.astype?.('float32') as Layer
    expect(copy.constructor).toBe(layer.constructor)
    expect(() => copy.backward(tensor([1]))).toThrow('backward called before forward')
  })

  it('stays in float32 and has no parameters', () => {
    const layer = make()
    const x = tensor([1, -1], { dtype: 'float32' })
    expect([layer.forward(x).dtype, layer.backward(x).dtype]).toEqual(['float32', 'float32'])
    expect(layer.parameters()).toEqual([])
  })
})
