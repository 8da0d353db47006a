import { checkNetwork } from '@gosa/gradcheck'
import { Affine, Relu } from '@gosa/layers'
import { createRng, randomNormal, type Tensor } from '@gosa/linalg'
import type { Labels } from '@gosa/losses'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { ACTIVATIONS } from './activations.ts'
import { createModel } from './create-model.ts'
import { fromWeights, sizesOf } from './from-weights.ts'
import { LayerStack } from './layer-stack.ts'
import { weightsOf } from './weights.ts'

const t = Uint8Array.of(0, 1, 1)

describe('a stack of layers', () => {
  it('with two Affine layers and ReLU has the bits of TwoLayerNet', () => {
    const rng = createRng(2)
    const affine = [
      Affine.init(4, 5, { rng, dtype: 'float32' }),
      Affine.init(5, 2, { rng, dtype: 'float32' }),
    ]
    const stack = new LayerStack(affine, () => new Relu())
    const book = TwoLayerNet.fromParameters(weightsOf(stack) as TwoLayerNet['params'])
    const x = randomNormal([3, 4], { rng, dtype: 'float32' })
    stack.gradient(x, t)
    book.gradient(x, t)
    expect(stack.lastLayer.loss).toBe(book.lastLayer.loss)
    for (const [i, { name, grad }] of stack.parameters().entries()) {
      expect(name).toBe(book.parameters()[i].name)
      expect(grad.data).toEqual(book.parameters()[i].grad.data)
    }
  })

  it.each(ACTIVATIONS)('with %s has the gradients of its loss', (activation) => {
    const rng = createRng(1)
    const network = createModel({ layers: [4, 5, 3, 2], activation }, { init: 0.5, rng, dtype: 'float64' })
    const x = randomNormal([3, 4], { rng })
    const judged = {
      parameters: () => network.parameters(),
      loss: (x: Tensor, t: Labels) => {
        network.gradient(x, t)
        return network.lastLayer.loss
      },
      gradient: (x: Tensor, t: Labels) => {
        network.gradient(x, t)
        return Object.fromEntries(network.parameters().map(({ name, grad }) => [name, grad]))
      },
    }
    const report = checkNetwork(judged, x, t)
    expect(report.ok, String(report)).toBe(true)
  })

  it('can be one layer alone, a linear classifier', () => {
    const network = createModel(
      { layers: [4, 2], activation: 'relu' },
      { init: 0.5, rng: createRng(1), dtype: 'float64' },
    )
    expect(Object.keys(weightsOf(network))).toEqual(['W1', 'b1'])
    expect(network.predict(randomNormal([3, 4], { rng: createRng(2) })).shape).toEqual([3, 2])
  })

  it('is put together again from its weights, which must fit', () => {
    const network = createModel(
      { layers: [4, 5, 3, 2], activation: 'relu' },
      { init: 0.5, rng: createRng(1), dtype: 'float64' },
    )
    const weights = weightsOf(network)
    expect(sizesOf(weights)).toEqual([4, 5, 3, 2])
    expect(weightsOf(fromWeights(weights, 'relu'))).toEqual(weights)
    const { b3: _, ...lacking } = weights
    expect(() => fromWeights(lacking, 'relu')).toThrow(
      'it holds W1, b1, W2, b2, W3; W1, b1, W2, b2, W3, b3 are needed',
    )
    expect(() => fromWeights({}, 'relu')).toThrow('it holds no tensors')
    const { W1, b1, W3, b3 } = weights
    expect(() => fromWeights({ W1, b1, W2: W3, b2: b3 }, 'relu')).toThrow(
      /W1 is \(4, 5\).* does not fit W2, \(3, 2\)/,
    )
  })
})
