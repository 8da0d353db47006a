import fc from 'fast-check'
import { describe, it } from 'vitest'
import { Nesterov, SGD } from './index.ts'
import {
  closedForm,
  decayingSum,
  expectClose,
  expectSteps,
  gradientSequences,
  takeSteps,
} from './steps.testing.ts'

describe('Nesterov', () => {
  it('takes the steps of PyTorch: torch.optim.SGD([w], lr=0.1, momentum=0.9, nesterov=True)', () => {
    expectSteps(new Nesterov({ learningRate: 0.1, momentum: 0.9 }), [
      [0.905, -1.9525, 3],
      [1.0545, -1.956, 2.62],
      [1.05155, -2.0904, 2.553],
    ])
  })

  it('takes the steps of the book, written with the old velocity: w + μ²·v − (1 + μ)·η·g', () => {
    fc.assert(
      fc.property(gradientSequences(), fc.constantFrom(0.5, 0.9, 0.99), (gradients, μ) => {
        const expected = closedForm(1, gradients, (g) => {
          const oldVelocity = -0.1 * decayingSum(g.slice(0, -1), μ)
          return (1 + μ) * 0.1 * g[g.length - 1] - μ * μ * oldVelocity
        })
        expectClose(
          takeSteps(new Nesterov({ learningRate: 0.1, momentum: μ }), [1], gradients),
          expected,
          1e-11,
        )
      }),
    )
  })

  it('equals the original form, with the gradient at the look-ahead point θ + μ·v', () => {
    // The original form on f = w²/2: v ← μ·v − η·f′(θ + μ·v), θ ← θ + v, with w = θ + μ·v.
    const [η, μ] = [0.1, 0.9]
    const optimizer = new Nesterov({ learningRate: η, momentum: μ })
    let [θ, v, w] = [2, 0, 2]
    for (let i = 0; i < 20; i++) {
      v = μ * v - η * (θ + μ * v)
      θ += v
      const moved = takeSteps(optimizer, [w], [[w]])
      expectClose(moved, [[θ + μ * v]], 1e-13)
      w = moved[0].at(0)
    }
  })

  it('with momentum 0 equals SGD', () => {
    fc.assert(
      fc.property(gradientSequences(), (gradients) => {
        const without = takeSteps(new SGD({ learningRate: 0.1 }), [1], gradients).map((w) => [w.at(0)])
        expectClose(takeSteps(new Nesterov({ learningRate: 0.1, momentum: 0 }), [1], gradients), without)
      }),
    )
  })
})
