import { add, div, map, mean, mul, sqrt, square, sub, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { checkLayer, checkLoss, checkNetwork } from '../index.ts'
import { CrossEntropy, normal, relu, SmallNet } from '../layers.testing.ts'

/** Batch normalization (N, C) without running statistics: right, whatever the number of samples. */
class Normalization {
  gamma = normal([3], 1)
  beta = normal([3], 2)
  #normalized = tensor([])
  #deviation = tensor([])
  #grads = { gamma: tensor([]), beta: tensor([]) }
  forward(x: Tensor): Tensor {
    const centred = sub(x, mean(x, { axis: 0 }))
    this.#deviation = sqrt(add(mean(square(centred), { axis: 0 }), 1e-5))
    this.#normalized = div(centred, this.#deviation)
    return add(mul(this.#normalized, this.gamma), this.beta)
  }
  backward(dout: Tensor): Tensor {
    const N = dout.shape[0]
    const [normalized, means] = [this.#normalized, (values: Tensor) => mean(values, { axis: 0 })]
    this.#grads = { gamma: mul(N, means(mul(dout, normalized))), beta: mul(N, means(dout)) }
    const slope = mul(normalized, means(mul(dout, normalized)))
    return div(mul(this.gamma, sub(sub(dout, means(dout)), slope)), this.#deviation)
  }
  parameters() {
    const { gamma, beta } = this
    return [
      { name: 'gamma', value: gamma, grad: this.#grads.gamma },
      { name: 'beta', value: beta, grad: this.#grads.beta },
    ]
  }
}

const verdicts = ({ verdict, entries }: ReturnType<typeof checkLayer>) => [
  verdict,
  ...entries.map((entry) => `${entry.name} ${entry.verdict}`),
]

describe('A check that cannot tell is inconclusive', () => {
  it('for batch normalization of one sample, whose output is beta; of two samples it passes', () => {
    const one = checkLayer(new Normalization(), normal([1, 3]))
    expect(verdicts(one)).toEqual(['inconclusive', 'x inconclusive', 'gamma inconclusive', 'beta pass'])
    expect(one.notes[0]).toMatch(/^the output does not depend on x, gamma: .*several samples/)
    expect(checkLayer(new Normalization(), normal([2, 3])).verdict).toBe('pass')
  })

  it('for softmax of a single class, whose loss is 0', () => {
    const t = Uint8Array.of(0, 0)
    expect(checkLoss(new CrossEntropy(), normal([2, 1]), t).verdict).toBe('inconclusive')
    expect(checkNetwork(new SmallNet(3, 4, 1), normal([2, 3]), t).verdict).toBe('inconclusive')
  })

  it('for a layer whose output is constant', () => {
    const constant = {
      forward: (x: Tensor) => map(x, () => 2),
      backward: (dout: Tensor) => map(dout, () => 0),
    }
    expect(checkLayer(constant, normal([2, 3])).verdict).toBe('inconclusive')
  })

  it('but not where the gradient is 0 at these values alone: a mask that is left out would fail', () => {
    const negative = tensor([
      [-1, -2],
      [-3, -1],
    ])
    expect(checkLayer(relu(), negative).verdict).toBe('pass')
    const unmasked = {
      forward: (x: Tensor) => map(x, (one) => Math.max(0, one)),
      backward: (dout: Tensor) => dout.clone(),
    }
    expect(checkLayer(unmasked, negative).verdict).toBe('fail')
  })

  it('and fails where code returns a gradient that is not 0', () => {
    const wrong = { forward: (x: Tensor) => map(x, () => 2), backward: (dout: Tensor) => dout.clone() }
    expect(checkLayer(wrong, normal([2, 3])).verdict).toBe('fail')
  })
})
