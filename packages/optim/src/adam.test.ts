import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Adam } from './index.ts'
import {
  closedForm,
  decayingSum,
  expectClose,
  expectSteps,
  gradientSequences,
  takeSteps,
} from './steps.testing.ts'

describe('Adam', () => {
  it("takes the steps of the book's code in NumPy", () => {
    // import numpy as np; w, m, v = np.array([1., -2., 3.]), 0, 0
    // for t, g in enumerate(np.array([[.5, -.25, 0], [-1, .125, 2], [.25, .75, -.5]]), 1):
    //     m = m + (1 - .9) * (g - m); v = v + (1 - .999) * (g**2 - v)
    //     w = w - .1 * np.sqrt(1 - .999**t) / (1 - .9**t) * m / (np.sqrt(v) + 1e-7); print(w.tolist())   (NumPy 2.4.6)
    expectSteps(new Adam({ learningRate: 0.1 }), [
      [0.9000006324515321, -1.9000012648950642, 3],
      [0.9366108815953381, -1.873367862372178, 2.9255864353014784],
      [0.9502799101487422, -1.9260498414704461, 2.8852844125405053],
    ])
  })

  it('is momentum divided by RMSprop, both bias-corrected', () => {
    fc.assert(
      fc.property(gradientSequences(), (gradients) => {
        const [β1, β2] = [0.9, 0.999]
        const expected = closedForm(1, gradients, (g) => {
          // Weighted means whose weights add up to 1, the purpose of the correction; ε is scaled with it.
          const mean = ((1 - β1) * decayingSum(g, β1)) / (1 - β1 ** g.length)
          const square =
            ((1 - β2) *
              decayingSum(
                g.map((each) => each ** 2),
                β2,
              )) /
            (1 - β2 ** g.length)
          return (0.1 * mean) / (Math.sqrt(square) + 1e-7 / Math.sqrt(1 - β2 ** g.length))
        })
        expectClose(takeSteps(new Adam({ learningRate: 0.1 }), [1], gradients), expected, 1e-10)
      }),
    )
  })

  it('takes steps of size η while the gradient stays the same, from the first one on', () => {
    const steps = takeSteps(new Adam({ learningRate: 0.1 }), [0], new Array(50).fill([3]))
    for (const [i, w] of steps.entries()) expect(w.at(0)).toBeCloseTo(-0.1 * (i + 1), 4)
  })

  it('does not move a weight whose gradient has always been 0', () => {
    expect(takeSteps(new Adam(), [3], [[0], [0]])[1].at(0)).toBe(3)
  })
})
