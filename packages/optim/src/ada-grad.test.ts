import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { AdaGrad } from './index.ts'
import { closedForm, expectClose, expectSteps, gradientSequences, takeSteps } from './steps.testing.ts'

describe('AdaGrad', () => {
  it('takes the steps of PyTorch: torch.optim.Adagrad([w], lr=0.1, eps=1e-7)', () => {
    expectSteps(new AdaGrad({ learningRate: 0.1 }), [
      [0.900000019999996, -1.900000039999984, 3],
      [0.9894427310999883, -1.9447213835499855, 2.900000005],
      [0.9676209439811507, -2.0384256289758333, 2.9242535663271627],
    ])
  })

  it('divides by the root of the squares of all gradients so far', () => {
    fc.assert(
      fc.property(gradientSequences(), (gradients) => {
        const expected = closedForm(1, gradients, (g) => (0.1 * g[g.length - 1]) / (Math.hypot(...g) + 1e-7))
        expectClose(takeSteps(new AdaGrad({ learningRate: 0.1 }), [1], gradients), expected)
      }),
    )
  })

  it('takes a first step of size η against the gradient, whatever its size', () => {
    for (const g of [1e-3, -2, 1e6]) {
      const moved = takeSteps(new AdaGrad({ learningRate: 0.1 }), [0], [[g]])[0].at(0)
      expect(moved).toBeCloseTo(-0.1 * Math.sign(g), 4)
    }
  })

  it('does not move a weight whose gradient is 0', () => {
    expect(takeSteps(new AdaGrad(), [3], [[0]])[0].at(0)).toBe(3)
  })
})
