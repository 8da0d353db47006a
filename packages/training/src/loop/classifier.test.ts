import { createRng } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { areFinite, weightsOf } from './classifier.ts'

describe('areFinite', () => {
  it('is false if one weight is NaN', () => {
    const network = new TwoLayerNet({ inputSize: 4, hiddenSize: 3, outputSize: 2, rng: createRng(1) })
    const weights = weightsOf(network)
    expect(areFinite(weights)).toBe(true)
    weights.W2.data[3] = Number.NaN
    expect(areFinite(weights)).toBe(false)
  })
})
