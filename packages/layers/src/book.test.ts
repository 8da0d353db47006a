import { add, createRng, mul, randomNormal, relu, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { AddLayer, Affine, MulLayer, Relu, Sequential, Sigmoid } from './index.ts'

/** The derivative of f at x by central differences, with a step that is exact in binary. */
const slope = (f: (x: number) => number, x: number): number => (f(x + 2 ** -10) - f(x - 2 ** -10)) / 2 ** -9

describe('Faults of the book’s layers that ours do not have:', () => {
  it('Relu does not write into the caller’s dout, which another branch may share', () => {
    const layer = new Relu()
    const branch = new AddLayer<Tensor>()
    const x = tensor([-1, 2])
    branch.forward(layer.forward(x), x)
    const dout = tensor([10, 20])
    // y = relu(x) + x: the mask of the left branch must not reach the right one.
    const [left, right] = [layer.backward(dout), dout]
    expect(left).not.toBe(dout)
    expect(right.toArray()).toEqual([10, 20])
    expect(add(left, right).toArray()).toEqual([10, 40])
  })

  it('Relu has output and derivative 0 at 0, in the kernel and the layer alike', () => {
    const layer = new Relu()
    expect(layer.forward(tensor([0, -0])).toArray()).toEqual([0, 0])
    expect(layer.backward(tensor([1, 1])).toArray()).toEqual([0, 0])
    expect(relu(tensor([0])).at(0)).toBe(0)
  })

  it('Affine takes (784) for one row of 784, not for 784 rows of one', () => {
    const layer = Affine.init(784, 10, { rng: createRng(0), dtype: 'float64' })
    const x = randomNormal([784], { rng: createRng(1) })
    expect(layer.forward(x).toArray()).toEqual(
      layer
        .forward(x.reshape([1, 784]))
        .row(0)
        .toArray(),
    )
    layer.forward(x)
    expect(layer.backward(randomNormal([10], { rng: createRng(2) })).shape).toEqual([784])
  })

  it.each([
    ['Affine', () => Affine.init(1, 1, { rng: createRng(0) })],
    ['Relu', () => new Relu()],
    ['Sigmoid', () => new Sigmoid()],
    ['MulLayer', () => new MulLayer<Tensor>()],
    ['AddLayer', () => new AddLayer<Tensor>()],
  ])('%s reports backward before forward, instead of failing on a missing value', (name, make) => {
    expect(() => make().backward(tensor([[1]]))).toThrow(`${name}: backward called before forward`)
  })

  it('Sequential throws for a layer that occurs twice, which would lose its first gradient', () => {
    const shared = Affine.init(2, 2, { rng: createRng(0), dtype: 'float64' })
    expect(() => new Sequential([shared, new Relu(), shared])).toThrow(
      /a layer occurs twice; it stores one forward pass only, so make a second layer/,
    )
  })

  it('Affine does not overwrite the gradients of an earlier backward', () => {
    const layer = Affine.init(2, 2, { rng: createRng(0), dtype: 'float64' })
    const [first, second] = [1, 2].map((value) => {
      layer.forward(tensor([[value, value]]))
      layer.backward(tensor([[1, 1]]))
      return layer.dW
    })
    expect(first).not.toBe(second)
    expect(add(first, second).at(0, 0)).toBe(3)
  })

  it('Sigmoid does not overflow for large negative x', () => {
    const layer = new Sigmoid()
    const y = layer.forward(tensor([-800, -1e300, 800]))
    expect(y.toArray()).toEqual([0, 0, 1])
    // 1/(1 + exp(720)) is 1/∞, but the value itself can be represented.
    expect(layer.forward(tensor([-720])).at(0)).toBeGreaterThan(0)
    expect(layer.backward(tensor([1])).at(0)).toBeGreaterThan(0)
    expect(1 / (1 + Math.exp(720))).toBe(0)
  })

  it('MulLayer.backward multiplies where the notebook adds: dx = dout·y, not dout + y', () => {
    const [x, y, dout] = [3, 5, 2]
    const layer = new MulLayer()
    layer.forward(x, y)
    const [dx, dy] = layer.backward(dout)
    expect(dx).toBe(slope((moved) => dout * new MulLayer().forward(moved, y), x))
    expect(dy).toBe(slope((moved) => dout * new MulLayer().forward(x, moved), y))
    expect([dx, dy]).not.toEqual([dout + y, dout + x])
  })

  it('MulLayer.backward multiplies tensors, too', () => {
    const layer = new MulLayer<Tensor>()
    const [x, y, dout] = [tensor([3, 4]), tensor([5, 6]), tensor([2, 7])]
    layer.forward(x, y)
    const [dx, dy] = layer.backward(dout)
    expect(dx.toArray()).toEqual(mul(dout, y).toArray())
    expect(dy.toArray()).toEqual(mul(dout, x).toArray())
  })
})
