import { createRng, randomNormal, type Tensor, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AddLayer, MulLayer, type NumberOrTensor } from '../index.ts'

const number = fc.double({ min: -1e6, max: 1e6, noNaN: true })

describe('MulLayer', () => {
  it('multiplies, and backward gives each input dout times the other: 100 × 2, by hand', () => {
    const layer = new MulLayer()
    expect(layer.forward(100, 2)).toBe(200)
    expect(layer.backward(1.1)).toEqual([2.2, 110.00000000000001])
  })

  it('follows the product rule: dx = dout·y and dy = dout·x', () => {
    fc.assert(
      fc.property(number, number, number, (x, y, dout) => {
        const layer = new MulLayer()
        layer.forward(x, y)
        const [dx, dy] = layer.backward(dout)
        expect([dx, dy]).toEqual([dout * y, dout * x])
      }),
    )
  })

  it('multiplies tensors of one shape elementwise', () => {
    const layer = new MulLayer<Tensor>()
    expect(layer.forward(tensor([1, 2]), tensor([3, 4])).toArray()).toEqual([3, 8])
    const [dx, dy] = layer.backward(tensor([10, 100]))
    expect(dx.toArray()).toEqual([30, 400])
    expect(dy.toArray()).toEqual([10, 200])
  })
})

describe('AddLayer', () => {
  it('adds, and backward passes dout on to both inputs', () => {
    const layer = new AddLayer()
    expect(layer.forward(200, 450)).toBe(650)
    expect(layer.backward(1.1)).toEqual([1.1, 1.1])
  })

  it('adds tensors of one shape elementwise', () => {
    const layer = new AddLayer<Tensor>()
    expect(layer.forward(tensor([1, 2]), tensor([3, 4])).toArray()).toEqual([4, 6])
  })

  it('returns copies of dout: changing dx changes neither dy nor dout', () => {
    const layer = new AddLayer<Tensor>()
    layer.forward(tensor([1, 2]), tensor([3, 4]))
    const dout = tensor([5, 6])
    const [dx, dy] = layer.backward(dout)
    dx.data.fill(0)
    expect([dy.toArray(), dout.toArray()]).toEqual([
      [5, 6],
      [5, 6],
    ])
  })
})

describe.each([
  ['MulLayer', () => new MulLayer<NumberOrTensor>()],
  ['AddLayer', () => new AddLayer<NumberOrTensor>()],
])('%s', (name, make) => {
  it('throws if backward is called before forward', () => {
    expect(() => make().backward(1)).toThrow(`${name}: backward called before forward`)
  })

  it('takes two numbers or two tensors in forward and backward, and throws for one of each', () => {
    const layer = make()
    expect(() => layer.forward(1, tensor([1]))).toThrow(
      `${name}: takes two numbers or two tensors, not 1 and a tensor`,
    )
    expect(() => layer.forward('1' as never, '2' as never)).toThrow(TypeError)
    layer.forward(tensor([1]), tensor([1]))
    expect(() => layer.backward(1)).toThrow(TypeError)
  })

  it('does not broadcast: throws for different shapes of inputs or dout, naming both', () => {
    const layer = make()
    expect(() => layer.forward(zeros([2, 3]), zeros([3]))).toThrow(
      `${name}: shapes (2, 3) and (3) must be equal`,
    )
    layer.forward(zeros([2, 3]), zeros([2, 3]))
    expect(() => layer.backward(zeros([3, 2]))).toThrow(`${name}: shapes (3, 2) and (2, 3) must be equal`)
  })

  it('throws for mixed dtypes, naming astype', () => {
    const layer = make()
    const [double, single] = [zeros([2]), zeros([2], { dtype: 'float32' })]
    const message = `${name}: float32 and float64 do not mix: convert one with astype`
    expect(() => layer.forward(single, double)).toThrow(message)
    layer.forward(double, double)
    expect(() => layer.backward(single)).toThrow(message)
  })

  it('keeps its latest successful forward if another one throws', () => {
    const layer = make()
    layer.forward(3, 4)
    expect(() => layer.forward(tensor([1]), 1)).toThrow(TypeError)
    expect(layer.backward(1)).toEqual(name === 'MulLayer' ? [4, 3] : [1, 1])
  })

  it('does not change its inputs or dout', () => {
    const rng = createRng(1)
    const given = [1, 2, 3].map(() => randomNormal([2, 2], { rng }))
    const before = given.map(({ data }) => data.slice())
    const layer = make()
    layer.forward(given[0], given[1])
    layer.backward(given[2])
    expect(given.map(({ data }) => data)).toEqual(before)
  })
})

describe('The shopping bill of section 5.1', () => {
  it('is 220 for two apples at 100 with a tax of 1.1, with derivatives 2.2, 110 and 200', () => {
    const [apples, tax] = [new MulLayer(), new MulLayer()]
    expect(tax.forward(apples.forward(100, 2), 1.1)).toBeCloseTo(220, 12)
    const [dApples, dTax] = tax.backward(1)
    const [dPrice, dCount] = apples.backward(dApples)
    expect(dPrice).toBeCloseTo(2.2, 12)
    expect(dCount).toBeCloseTo(110, 12)
    expect(dTax).toBe(200)
  })

  it('is 715 with three oranges at 150 as well, with derivatives 2.2, 110, 3.3, 165 and 650', () => {
    const [apples, oranges, both, tax] = [new MulLayer(), new MulLayer(), new AddLayer(), new MulLayer()]
    const sum = both.forward(apples.forward(100, 2), oranges.forward(150, 3))
    expect(tax.forward(sum, 1.1)).toBeCloseTo(715, 12)
    const [dSum, dTax] = tax.backward(1)
    const [dApples, dOranges] = both.backward(dSum)
    const slopes = [...apples.backward(dApples), ...oranges.backward(dOranges), dTax]
    for (const [i, slope] of [2.2, 110, 3.3, 165, 650].entries()) expect(slopes[i]).toBeCloseTo(slope, 12)
  })
})
