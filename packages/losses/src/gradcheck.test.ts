import { checkLoss } from '@gosa/gradcheck'
import { createRng, randomNormal, scale, sub, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  BinaryCrossEntropyWithLogits,
  HuberLoss,
  type Labels,
  MeanSquaredErrorLoss,
  SoftmaxWithLoss,
  softmax,
} from './index.ts'

const rng = createRng(1)
const normal = (...shape: number[]) => randomNormal(shape, { rng })
const x = normal(4, 3)
const classes = Uint8Array.of(0, 2, 1, 2)
const soft = softmax(normal(4, 3))

describe('The gradient check passes for', () => {
  it.each<[string, Tensor, Labels]>([
    ['classes', x, classes],
    ['classes in an Int32Array', x, Int32Array.from(classes)],
    ['soft labels', x, soft],
    ['one-hot labels', x, tensor([0, 0, 1, 0, 1, 0, 1, 0, 0, 1, 0, 0]).reshape([4, 3])],
    ['one sample', normal(5), Uint8Array.of(3)],
    ['one sample with soft labels', normal(5), softmax(normal(5))],
    ['large logits', scale(normal(4, 3), 10), classes],
  ])('SoftmaxWithLoss, %s', (_, x, t) => {
    const report = checkLoss(() => new SoftmaxWithLoss(), x, t)
    expect(report.verdict, report.toString()).toBe('pass')
    expect(report.entries.length).toBe(1)
  })

  it('SoftmaxWithLoss, except for one class, whose loss is always 0, so that the check cannot tell', () => {
    const report = checkLoss(() => new SoftmaxWithLoss(), normal(3, 1), Uint8Array.of(0, 0, 0))
    expect(report.verdict).toBe('inconclusive')
    expect(report.notes.join()).toContain('the output does not depend on x')
  })

  it.each<[string, Labels, ConstructorParameters<typeof SoftmaxWithLoss>[0]]>([
    ['classes, smoothed', classes, { labelSmoothing: 0.1 }],
    ['soft labels, smoothed', soft, { labelSmoothing: 0.3 }],
    ['classes, weighted', classes, { weights: [0.5, 2, 3] }],
    ['classes, a weight of 0', classes, { weights: [0, 1, 1] }],
    ['soft labels, smoothed and weighted', soft, { labelSmoothing: 0.1, weights: [0.5, 2, 3] }],
  ])('SoftmaxWithLoss, %s', (_, t, options) => {
    const report = checkLoss(() => new SoftmaxWithLoss(options), x, t)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it.each<[string, Tensor, Labels, readonly number[] | undefined]>([
    ['classes of (N, 1)', normal(5, 1), Uint8Array.of(0, 1, 1, 0, 1), undefined],
    ['classes of (N)', normal(3), Int32Array.of(0, 1, 1), undefined],
    ['classes, weighted', normal(5, 1), Uint8Array.of(0, 1, 1, 0, 1), [0.5, 3]],
    ['probabilities (N, K)', x, soft, undefined],
    ['probabilities (N, K), weighted', x, soft, [2, 0.25]],
    ['large logits', scale(normal(4, 1), 10), Uint8Array.of(0, 1, 1, 0), undefined],
  ])('BinaryCrossEntropyWithLogits, %s', (_, logits, t, weights) => {
    const report = checkLoss(() => new BinaryCrossEntropyWithLogits({ weights }), logits, t)
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it.each([0.1, 1, 5])('HuberLoss, δ = %s', (delta) => {
    const report = checkLoss(() => new HuberLoss({ delta }), scale(x, 2), normal(4, 3))
    expect(report.verdict, report.toString()).toBe('pass')
  })

  it.each([
    ['(4, 3)', x, normal(4, 3)],
    ['(5)', normal(5), normal(5)],
    ['(2, 3, 2, 2)', normal(2, 3, 2, 2), normal(2, 3, 2, 2)],
  ])('MeanSquaredErrorLoss, %s', (_, y, t) => {
    const report = checkLoss(() => new MeanSquaredErrorLoss(), y, t)
    expect(report.verdict, report.toString()).toBe('pass')
  })
})

describe('The gradient check fails for', () => {
  /** SoftmaxWithLoss whose backward goes through `change`, which also sees the layer and dout. */
  const withBackward = (change: (dx: Tensor, own: SoftmaxWithLoss, dout: number) => Tensor) => () =>
    new (class extends SoftmaxWithLoss {
      override backward(dout = 1): Tensor {
        return change(super.backward(dout), this, dout)
      }
    })()

  it.each<[string, () => SoftmaxWithLoss]>([
    ['a missing 1/N', withBackward((dx) => scale(dx, 4))],
    ['1/C in place of 1/N, as the book has it for one sample', withBackward((dx) => scale(dx, 4 / 3))],
    ['dout ignored, as in the book', withBackward((dx, _, dout) => scale(dx, 1 / dout))],
    ['missing labels', withBackward((_, own, dout) => scale(own.y, dout / 4))],
    ['a zero gradient', withBackward((dx) => scale(dx, 0))],
    ['a factor of 1.01', withBackward((dx) => scale(dx, 1.01))],
    ['the sign of one entry', withBackward((dx) => withEntry(dx, 7, (value) => -value))],
    ['one entry wrong by a thousandth', withBackward((dx) => withEntry(dx, 7, (value) => 1.001 * value))],
    ['t − y in place of y − t', withBackward((dx) => scale(dx, -1))],
  ])('SoftmaxWithLoss with a wrong backward: %s', (_, make) => {
    for (const t of [classes, soft]) {
      const report = checkLoss(make, x, t)
      expect(report.verdict, report.toString()).toBe('fail')
    }
  })

  it('SoftmaxWithLoss with soft labels hardened in the loss alone, as in the book', () => {
    class Hardened extends SoftmaxWithLoss {
      override forward(logits: Tensor, labels: Labels): number {
        super.forward(logits, labels)
        return new SoftmaxWithLoss().forward(logits, classes)
      }
    }
    expect(checkLoss(() => new Hardened(), x, soft).verdict).toBe('fail')
  })

  it('SoftmaxWithLoss with the book’s 1e-7 in the logarithm, for a certain and wrong prediction', () => {
    class WithEpsilon extends SoftmaxWithLoss {
      override forward(logits: Tensor, labels: Uint8Array): number {
        super.forward(logits, labels)
        const y = this.y
        return -[...labels].reduce((sum, c, n) => sum + Math.log(y.at(n, c) + 1e-7), 0) / labels.length
      }
    }
    const certain = tensor([
      [0, 15],
      [3, 0],
    ])
    expect(checkLoss(() => new WithEpsilon(), certain, Uint8Array.of(0, 0)).verdict).toBe('fail')
    expect(checkLoss(() => new SoftmaxWithLoss(), certain, Uint8Array.of(0, 0)).verdict).toBe('pass')
  })

  it('MeanSquaredErrorLoss without the factor 2, with the opposite sign, or with the sum for the mean', () => {
    for (const factor of [0.5, -1, 12]) {
      const make = () =>
        new (class extends MeanSquaredErrorLoss {
          override backward(dout?: number): Tensor {
            return scale(super.backward(dout), factor)
          }
        })()
      expect(checkLoss(make, x, soft).verdict).toBe('fail')
    }
  })

  it('BinaryCrossEntropyWithLogits and HuberLoss with a wrong factor, or with one entry wrong', () => {
    const t = normal(4, 3)
    for (const change of [
      (dx: Tensor) => scale(dx, 1.01),
      (dx: Tensor) => withEntry(dx, 7, (value) => -value),
    ]) {
      class Binary extends BinaryCrossEntropyWithLogits {
        override backward(dout?: number): Tensor {
          return change(super.backward(dout))
        }
      }
      class Huber extends HuberLoss {
        override backward(dout?: number): Tensor {
          return change(super.backward(dout))
        }
      }
      expect(checkLoss(() => new Binary(), x, soft).verdict).toBe('fail')
      expect(checkLoss(() => new Huber(), x, t).verdict).toBe('fail')
    }
  })

  it('a loss that writes into its logits or its labels', () => {
    const careless = (write: (logits: Tensor, labels: Tensor) => void) => {
      const make = () =>
        new (class extends SoftmaxWithLoss {
          override forward(logits: Tensor, labels: Tensor): number {
            const loss = super.forward(logits, labels)
            write(logits, labels)
            return loss
          }
        })()
      return checkLoss(make, x, soft.clone()).findings.map(({ name }) => name)
    }
    expect(careless((logits) => logits.data.set(sub(logits, 1e-3).data))).toContain('input-mutated')
    const smooth = (t: number) => 0.9 * t + 0.1 / 3
    expect(careless((_, { data }) => data.set(data.map(smooth)))).toContain('constant-mutated')
  })
})

function withEntry(x: Tensor, at: number, change: (value: number) => number): Tensor {
  x.data[at] = change(x.data[at])
  return x
}
