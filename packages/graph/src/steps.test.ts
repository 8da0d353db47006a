import { Affine, MulLayer, Relu } from '@gosa/layers'
import { createRng, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { applyLayer, graphOf, inputNode, stepsOf } from './index.ts'

describe('stepsOf', () => {
  const bought = applyLayer(new MulLayer(), [inputNode('apple', 100), inputNode('count', 2)], {
    name: 'apples',
  })
  const bill = graphOf(applyLayer(new MulLayer(), [bought, inputNode('tax', 1.1)], { name: 'price' }))

  it('goes forwards through the operations, then backwards from the result', () => {
    expect(stepsOf(bill).map(({ direction, node }) => `${direction} ${node.id}`)).toEqual([
      'forward apples',
      'forward price',
      'backward price.out',
      'backward price',
      'backward apples',
    ])
  })

  it('has inputs, upstream gradients, local derivatives and the gradients of inputs', () => {
    const [first, , start, , last] = stepsOf(bill)
    expect(first).toMatchObject({ value: 200, inputs: [{ value: 100 }, { value: 2 }] })
    expect(start).toMatchObject({ upstream: 1, inputs: [{ gradient: 1 }] })
    expect(last).toMatchObject({ upstream: 1.1, inputs: [{ local: 2, gradient: 2.2 }, { local: 100 }] })
  })

  it('goes forwards alone if there was no backward pass', () => {
    const layers = [Affine.init(2, 3, { rng: createRng(0), dtype: 'float64' }), new Relu()]
    expect(stepsOf(graphOf(layers, tensor([[1, 2]]))).map(({ node }) => node.id)).toEqual(['Affine', 'Relu'])
  })
})
