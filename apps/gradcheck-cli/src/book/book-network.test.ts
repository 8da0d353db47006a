import { createRng, tensor } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { networkSlice } from './book-network.ts'

describe('networkSlice', () => {
  it('shows some rows of a weight, which are those of the network, and their gradients', () => {
    const network = new TwoLayerNet({
      inputSize: 4,
      hiddenSize: 3,
      outputSize: 2,
      rng: createRng(0),
      dtype: 'float64',
    })
    const [x, t] = [tensor([[1, 2, 3, 4]]), Uint8Array.of(1)]
    const slice = networkSlice(network, { name: 'W1', from: 1, to: 3 })
    const [{ name, value }] = slice.parameters?.() ?? []
    expect([name, value.shape]).toEqual(['W1', [2, 3]])
    const before = slice.loss(x as never, t as never)
    value.data[0] += 1
    expect(network.params.W1.at(1, 0)).toBe(value.data[0])
    expect(slice.loss(x as never, t as never)).not.toBe(before)
    const gradient = slice.gradient(x as never, t as never) as { W1: unknown }
    expect(String(gradient.W1)).toBe(String(network.gradient(x, t).W1.rows(1, 3)))
  })
})
