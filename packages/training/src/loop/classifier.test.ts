import { createRng } from '@gosa/linalg'
import { TwoLayerNet } from '@gosa/networks'
import { describe, expect, it } from 'vitest'
import { areFinite, weightsOf } from './classifier.ts'

describe('areFinite', () => {
  it.each([Number.NaN, Infinity, -Infinity])('is false if one weight is %d', (value) => {
    const network = new TwoLayerNet({ inputSize: 4, hiddenSize: 3, outputSize: 2, rng: createRng(1) })
    const weights = weightsOf(network)
    // Their sum overflows.
    weights.W1.data[0] = 3e38
    weights.W1.data[3] = 3e38
    weights.b2.data[0] = -0
    expect(areFinite(weights)).toBe(true)
    weights.W2.data[3] = value
    expect(areFinite(weights)).toBe(false)
  })
})
