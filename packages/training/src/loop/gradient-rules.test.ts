import { type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { applyGradientRules } from './gradient-rules.ts'

/** W (2, 2) and b (2) with gradients whose common norm is 5: √(1 + 4 + 4 + 0 + 16 + 0). */
const parameters = () => [
  {
    name: 'W1',
    value: tensor([
      [10, -20],
      [30, 40],
    ]),
    grad: tensor([
      [1, -2],
      [2, 0],
    ]),
  },
  { name: 'b1', value: tensor([100, 200]), grad: tensor([4, 0]) },
]
const apply = (rules: { weightDecay: number; clipNorm: number }) => {
  const all = parameters()
  applyGradientRules(all, rules)
  return all.map(({ grad }: { grad: Tensor }) => [...grad.data])
}

describe('applyGradientRules', () => {
  it('changes nothing if both rules are off', () => {
    expect(apply({ weightDecay: 0, clipNorm: 0 })).toEqual([
      [1, -2, 2, 0],
      [4, 0],
    ])
  })

  it('adds λ·W for weights, not for biases', () => {
    expect(apply({ weightDecay: 0.5, clipNorm: 0 })).toEqual([
      [6, -12, 17, 20],
      [4, 0],
    ])
  })

  it('clips all gradients by their common norm, which keeps the direction', () => {
    expect(apply({ weightDecay: 0, clipNorm: 2.5 })).toEqual([
      [0.5, -1, 1, 0],
      [2, 0],
    ])
    expect(apply({ weightDecay: 0, clipNorm: 5 })[1]).toEqual([4, 0])
  })

  it('clips before adding weight decay, as PyTorch does', () => {
    expect(apply({ weightDecay: 0.5, clipNorm: 2.5 })[0]).toEqual([5.5, -11, 16, 20])
  })

  it('does not change weights', () => {
    const all = parameters()
    applyGradientRules(all, { weightDecay: 0.5, clipNorm: 1 })
    expect(all.map(({ value }) => value)).toEqual(parameters().map(({ value }) => value))
  })
})
