import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Momentum, SGD } from './index.ts'
import {
  closedForm,
  decayingSum,
  expectClose,
  expectSteps,
  gradientSequences,
  takeSteps,
} from './steps.testing.ts'

describe('Momentum', () => {
  it('takes the steps of PyTorch: torch.optim.SGD([w], lr=0.1, momentum=0.9)', () => {
    expectSteps(new Momentum({ learningRate: 0.1, momentum: 0.9 }), [
      [0.95, -1.975, 3],
      [1.005, -1.965, 2.8],
      [1.0295, -2.031, 2.67],
    ])
  })

  it('has a velocity that is the exponentially decaying sum of all gradients', () => {
    fc.assert(
      fc.property(gradientSequences(), fc.constantFrom(0.5, 0.9, 0.99), (gradients, momentum) => {
        const expected = closedForm(1, gradients, (g) => 0.1 * decayingSum(g, momentum))
        expectClose(takeSteps(new Momentum({ learningRate: 0.1, momentum }), [1], gradients), expected, 1e-11)
      }),
    )
  })

  it('with momentum 0 equals SGD, to the bit', () => {
    fc.assert(
      fc.property(gradientSequences(), (gradients) => {
        const without = takeSteps(new SGD({ learningRate: 0.1 }), [1], gradients)
        takeSteps(new Momentum({ learningRate: 0.1, momentum: 0 }), [1], gradients).forEach((weights, i) => {
          expect(weights.data).toEqual(without[i].data)
        })
      }),
    )
  })

  it('continues to move when the gradient becomes 0', () => {
    const [first, second] = takeSteps(new Momentum({ learningRate: 1, momentum: 0.5 }), [0], [[-1], [0]])
    expect([first.at(0), second.at(0)]).toEqual([1, 1.5])
  })
})
