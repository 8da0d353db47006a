import { Affine, MulLayer, Relu } from '@gosa/layers'
import { createRng, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { apply, graphOf, input, stepsOf } from './index.ts'

describe('the steps of a graph', () => {
  const bought = apply(new MulLayer(), [input('apple', 100), input('count', 2)], { name: 'apples' })
  const bill = graphOf(apply(new MulLayer(), [bought, input('tax', 1.1)], { name: 'price' }))

  it('go forwards through the operations, then back from the result', () => {
    expect(stepsOf(bill).map(({ direction, node }) => `${direction} ${node.id}`)).toEqual([
      'forward apples',
      'forward price',
      'backward price.out',
      'backward price',
      'backward apples',
    ])
  })

  it('show what goes in, what comes in from behind, the local derivatives and what goes back', () => {
    const [first, , start, , last] = stepsOf(bill)
    expect(first).toMatchObject({ value: 200, inputs: [{ value: 100 }, { value: 2 }] })
    expect(start).toMatchObject({ upstream: 1, inputs: [{ gradient: 1 }] })
    expect(last).toMatchObject({ upstream: 1.1, inputs: [{ local: 2, gradient: 2.2 }, { local: 100 }] })
  })

  it('go forwards alone where nothing was differentiated', () => {
    const layers = [Affine.init(2, 3, { rng: createRng(0), dtype: 'float64' }), new Relu()]
    expect(stepsOf(graphOf(layers, tensor([[1, 2]]))).map(({ node }) => node.id)).toEqual(['Affine', 'Relu'])
  })
})
