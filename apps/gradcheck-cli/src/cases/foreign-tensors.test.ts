import { createRng, dot, randomNormal, Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { toTensorOrNumber, wrapForeignTensors } from './foreign-tensors.ts'

/** A tensor of another copy of the package. */
class Foreign {
  readonly data: Float64Array
  readonly shape: readonly number[]
  constructor(data: Float64Array, shape: readonly number[]) {
    this.data = data
    this.shape = shape
  }
}

/** A layer that accepts only foreign tensors. */
class Scale {
  readonly #w = new Foreign(Float64Array.of(3), [1])
  #dw = new Foreign(Float64Array.of(0), [1])
  #x = new Foreign(new Float64Array(0), [0])
  forward(x: Foreign): Foreign {
    if (!(x instanceof Foreign)) throw new TypeError('not my tensor')
    this.#x = x
    return new Foreign(
      x.data.map((each) => each * this.#w.data[0]),
      x.shape,
    )
  }
  backward(dout: Foreign): Foreign {
    if (!(dout instanceof Foreign)) throw new TypeError('not my tensor')
    this.#dw = new Foreign(
      Float64Array.of(dout.data.reduce((sum, each, i) => sum + each * this.#x.data[i], 0)),
      [1],
    )
    return new Foreign(
      dout.data.map((each) => each * this.#w.data[0]),
      dout.shape,
    )
  }
  parameters() {
    const own = this
    return [
      {
        name: 'w',
        value: this.#w,
        get grad() {
          return own.#dw
        },
      },
    ]
  }
}

describe('wrapForeignTensors', () => {
  it('returns a layer that uses our tensors unchanged', () => {
    const layer = { forward: (x: Tensor) => x }
    expect(wrapForeignTensors(layer, [tensor([1])])).toBe(layer)
  })

  it('passes foreign tensors to a layer of another copy, and returns ours', () => {
    const layer = wrapForeignTensors(new Scale(), []) as unknown as {
      forward(x: Tensor): Tensor
      backward(dout: Tensor): Tensor
      parameters(): { name: string; value: Tensor; grad: Tensor }[]
      constructor: { name: string }
    }
    const x = randomNormal([2, 2], { rng: createRng(0) })
    expect(layer.forward(x)).toBeInstanceOf(Tensor)
    expect(layer.backward(x)).toBeInstanceOf(Tensor)
    const [{ name, value, grad }] = layer.parameters()
    expect(name).toBe('w')
    expect(grad.data[0]).toBeCloseTo(dot(x, x), 12)
    expect(layer.constructor.name).toBe('Scale')
    // The elements are shared: the layer sees what the checker perturbs.
    value.data[0] = 5
    expect(layer.forward(x).data[0]).toBe(5 * x.data[0])
  })

  it('converts the named weights of a frozen network', () => {
    const params = Object.freeze({ W: new Foreign(Float64Array.of(1, 2), [2]) })
    const network = wrapForeignTensors(Object.freeze({ params, loss: () => 0 }), []) as unknown as {
      params: object
    }
    expect(Object.entries(network.params).map(([name, value]) => [name, value instanceof Tensor])).toEqual([
      ['W', true],
    ])
  })
})

describe('toTensorOrNumber', () => {
  it('returns numbers and tensors unchanged, and nested arrays as float64 tensors', () => {
    const x = tensor([1])
    expect(toTensorOrNumber(x, 'x')).toBe(x)
    expect(toTensorOrNumber(2, 'x')).toBe(2)
    expect(String(toTensorOrNumber([[1, -2]], 'x'))).toBe('tensor (1, 2) float64 [[1, -2]]')
  })

  it('refuses anything else, and says what it received', () => {
    expect(() => toTensorOrNumber(undefined, 'mine: x')).toThrow(
      'mine: x must be a tensor, a number or nested arrays of numbers, not undefined',
    )
    expect(() => toTensorOrNumber(new Map(), 'x')).toThrow(/not a Map$/)
  })
})
