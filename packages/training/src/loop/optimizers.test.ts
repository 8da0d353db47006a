import { describe, expect, it } from 'vitest'
import { createOptimizer, hasDecoupledWeightDecay, OPTIMIZERS, optimizerDefaults } from './optimizers.ts'

describe('createOptimizer', () => {
  it('uses the default learning rate of the optimizer, or the given one', () => {
    expect(createOptimizer('sgd').learningRate).toBe(0.1)
    expect(createOptimizer('adam').learningRate).toBe(0.001)
    for (const name of OPTIMIZERS) expect(createOptimizer(name, { learningRate: 0.5 }).learningRate).toBe(0.5)
  })

  it('gives weight decay to AdamW only', () => {
    const defaults = Object.fromEntries(OPTIMIZERS.map((name) => [name, optimizerDefaults(name).weightDecay]))
    const { adamw, ...others } = defaults
    expect(adamw).toBe(0.01)
    expect(Object.values(others)).toEqual(Object.values(others).map(() => 0))
    for (const name of OPTIMIZERS) createOptimizer(name, { learningRate: 1, weightDecay: 0.5 })
    expect(createOptimizer('adamw', { weightDecay: 0.5 })).toMatchObject({ weightDecay: 0.5 })
    expect(OPTIMIZERS.filter(hasDecoupledWeightDecay)).toEqual(['adamw'])
  })
})
