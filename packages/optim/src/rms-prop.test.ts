import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { RMSprop } from './index.ts'
import {
  closedForm,
  decayingSum,
  expectClose,
  expectSteps,
  gradientSequences,
  takeSteps,
} from './steps.testing.ts'

describe('RMSprop', () => {
  it('takes the steps of PyTorch: torch.optim.RMSprop([w], lr=0.1, alpha=0.99, eps=1e-7)', () => {
    // Twelve digits, since one weight ends near 0.
    expectSteps(
      new RMSprop({ learningRate: 0.1 }),
      [
        [1.999996000479065e-6, -1.0000039999840005, 3],
        [0.8953241604652018, -1.4490156421535054, 2.0000004999997505],
        [0.6758508268647891, -2.3870826118536534, 2.243685470649252],
      ],
      12,
    )
  })

  it('divides by the root of an exponentially decaying mean of squares', () => {
    fc.assert(
      fc.property(gradientSequences(), fc.constantFrom(0.5, 0.9, 0.99), (gradients, decayRate) => {
        const expected = closedForm(1, gradients, (g) => {
          const mean =
            (1 - decayRate) *
            decayingSum(
              g.map((each) => each ** 2),
              decayRate,
            )
          return (0.1 * g[g.length - 1]) / (Math.sqrt(mean) + 1e-7)
        })
        expectClose(takeSteps(new RMSprop({ learningRate: 0.1, decayRate }), [1], gradients), expected, 1e-10)
      }),
    )
  })

  it('is invariant to the scale of the gradients, if ε is 0', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1, max: 9, noNaN: true }), { minLength: 1 }), (gs) => {
        const steps = (factor: number) =>
          takeSteps(
            new RMSprop({ epsilon: 0 }),
            [1],
            gs.map((g) => [g * factor]),
          ).map((w) => [w.at(0)])
        expect(steps(2 ** 20)).toEqual(steps(1))
      }),
    )
  })
})
