import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Adam, AdamW } from './index.ts'
import { expectClose, expectSteps, gradientSequences, takeSteps } from './steps.testing.ts'

describe('AdamW', () => {
  it('takes the steps of PyTorch: torch.optim.AdamW([w], lr=0.1)', () => {
    expectSteps(new AdamW({ learningRate: 0.1 }), [
      [0.899000002, -1.8980000039999998, 2.997],
      [0.9347113542385653, -1.8694683013777325, 2.919589318169354],
      [0.9474457089827375, -1.92028101920006, 2.8763676445792132],
    ])
  })

  it('equals Adam without weight decay and with ε = 0', () => {
    fc.assert(
      fc.property(gradientSequences(0.01), (gradients) => {
        const adam = takeSteps(new Adam({ epsilon: 0 }), [1], gradients).map((w) => [w.at(0)])
        expectClose(takeSteps(new AdamW({ weightDecay: 0, epsilon: 0 }), [1], gradients), adam)
      }),
    )
  })

  it('adds ε to √v̂, where Adam adds it to √v', () => {
    // First step, g = 1: v̂ = 1 and v = 0.001, so that ε = 1 halves one step and divides the other by 1/√0.001 + 1.
    const [here] = takeSteps(new AdamW({ learningRate: 1, weightDecay: 0, epsilon: 1 }), [0], [[1]])
    const [there] = takeSteps(new Adam({ learningRate: 1, epsilon: 1 }), [0], [[1]])
    expect(here.at(0)).toBeCloseTo(-1 / 2, 14)
    expect(there.at(0)).toBeCloseTo(-1 / (1 + 1 / Math.sqrt(0.001)), 14)
  })

  it('shrinks weights by 1 − ηλ per step, also with gradient 0: the decay is decoupled', () => {
    const steps = takeSteps(new AdamW({ learningRate: 0.5, weightDecay: 0.5 }), [16], [[0], [0]])
    expect(steps.map((w) => w.at(0))).toEqual([12, 9])
  })

  it('decays in proportion to the weight, whatever the gradient is', () => {
    fc.assert(
      fc.property(gradientSequences(0.01), (gradients) => {
        const first = gradients.slice(0, 1)
        const step = (weightDecay: number) =>
          takeSteps(new AdamW({ learningRate: 0.1, weightDecay }), [2], first)[0].at(0)
        expect(step(0) - step(0.3)).toBeCloseTo(0.1 * 0.3 * 2, 12)
      }),
    )
  })
})
