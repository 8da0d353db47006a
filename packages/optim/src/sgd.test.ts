import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SGD } from './index.ts'
import { closedForm, expectClose, expectSteps, takeSteps } from './steps.testing.ts'

describe('SGD', () => {
  it('moves against the gradient: 1 − 0.5·0.2 is 0.9, by hand', () => {
    expect(takeSteps(new SGD({ learningRate: 0.5 }), [1], [[0.2]])[0].toArray()).toEqual([0.9])
  })

  it('takes the steps of PyTorch: torch.optim.SGD([w], lr=0.1)', () => {
    expectSteps(new SGD({ learningRate: 0.1 }), [
      [0.95, -1.975, 3],
      [1.05, -1.9875, 2.8],
      [1.025, -2.0625, 2.85],
    ])
  })

  it('moves by η times the sum of the gradients', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -9, max: 9, noNaN: true }), { minLength: 1 }), (gs) => {
        const gradients = gs.map((g) => [g])
        const expected = closedForm(0.5, gradients, (g) => 0.25 * g[g.length - 1])
        expectClose(takeSteps(new SGD({ learningRate: 0.25 }), [0.5], gradients), expected)
      }),
    )
  })

  it("rounds in float32 as NumPy does: the step first, then the sum, with 0.1 as float32's 0.1", () => {
    // python3 -c "import numpy as np; w = np.float32([1, 3]); w -= np.float32(.1) * np.float32([.3, .7]); print(w.tolist())"
    const got = takeSteps(new SGD({ learningRate: 0.1 }), [1, 3], [[0.3, 0.7]], 'float32')[0]
    expect(got.toArray()).toEqual([0.9700000286102295, 2.930000066757202])
  })
})
