import { createRng, randomNormal, sum, type Tensor, tensor, zeros } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { SoftmaxWithLoss, softmax, softmaxCrossEntropy } from './index.ts'

const seed = fc.integer({ min: 0, max: 2 ** 31 })
const x = tensor([
  [1, -2, 0.5],
  [0, 3, -1],
])
const soft = tensor([
  [0.2, 0.3, 0.5],
  [0.1, 0.9, 0],
])

const near = (got: Tensor, expected: number[][]) => {
  for (const [i, value] of expected.flat().entries()) expect(got.data[i]).toBeCloseTo(value, 15)
}

describe('SoftmaxWithLoss', () => {
  it('returns the cross-entropy, stores the probabilities as y, and backward returns (y − t)/N, as NumPy', () => {
    // python3 -c "import numpy as np; e = np.exp([[1, -2, .5], [0, 3, -1]]); y = e / e.sum(1, keepdims=True); \
    //   print(((y - np.eye(3)[[2, 1]]) / 2).tolist(), ((y - [[.2, .3, .5], [.1, .9, 0]]) / 2).tolist())"  (NumPy 2.4.6)
    const loss = new SoftmaxWithLoss()
    expect(loss.forward(x, Uint8Array.of(2, 1))).toBe(softmaxCrossEntropy(x, Uint8Array.of(2, 1)))
    expect(loss.y.toArray()).toEqual(softmax(x).toArray())
    expect(loss.loss).toBe(softmaxCrossEntropy(x, Uint8Array.of(2, 1)))
    near(loss.backward(), [
      [0.30187444807431285, 0.015029443784787011, -0.3169038918590999],
      [0.023306311288986945, -0.031880224061747175, 0.008573912772760196],
    ])
    expect(loss.forward(x, soft)).toBe(softmaxCrossEntropy(x, soft))
    near(loss.backward(), [
      [0.20187444807431285, -0.13497055621521298, -0.0669038918590999],
      [-0.026693688711013058, 0.018119775938252813, 0.008573912772760196],
    ])
  })

  it('has loss and gradient 0 for a certain and right prediction', () => {
    const loss = new SoftmaxWithLoss()
    expect(loss.forward(tensor([[800, 0]]), Uint8Array.of(0))).toBe(0)
    expect(loss.backward().toArray()).toEqual([[0, 0]])
  })

  it('has gradients that add up to 0 for each sample, since a shift of all logits changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 12 }), seed, (N, C, from) => {
        const rng = createRng(from)
        const loss = new SoftmaxWithLoss()
        loss.forward(
          randomNormal([N, C], { std: 5, rng }),
          new Uint8Array(N).map(() => rng.integer(C)),
        )
        for (const total of sum(loss.backward(), { axis: 1 }).data) {
          expect(Math.abs(total)).toBeLessThan(1e-14)
        }
      }),
    )
  })

  it('gives one sample as a vector the loss and gradient of a batch of one', () => {
    for (const t of [Uint8Array.of(1), tensor([0.2, 0.3, 0.5])]) {
      const [one, batch] = [new SoftmaxWithLoss(), new SoftmaxWithLoss()]
      const rows = t instanceof Uint8Array ? t : t.reshape([1, 3])
      expect(one.forward(x.row(0), t)).toBe(batch.forward(x.rows(0, 1), rows))
      expect(one.backward().shape).toEqual([3])
      expect(one.backward().data).toEqual(batch.backward().data)
      expect(one.y.shape).toEqual([3])
    }
  })

  it('returns float32 for logits in float32', () => {
    const loss = new SoftmaxWithLoss()
    loss.forward(x.astype('float32'), soft.astype('float32'))
    expect([loss.y.dtype, loss.backward().dtype]).toEqual(['float32', 'float32'])
  })

  it('returns from backward the gradient of the latest forward, in a new tensor each time', () => {
    const loss = new SoftmaxWithLoss()
    loss.forward(x, Uint8Array.of(2, 1))
    const [y, first] = [loss.y, loss.backward()]
    const kept = [y.data.slice(), first.data.slice()]
    loss.forward(x, Uint8Array.of(0, 0))
    expect(loss.backward().data).not.toEqual(kept[1])
    expect([y.data, first.data]).toEqual(kept)
  })

  it('throws for backward, y and loss before forward, also after a forward that threw', () => {
    const loss = new SoftmaxWithLoss()
    expect(() => loss.forward(x, Uint8Array.of(7, 7))).toThrow(RangeError)
    expect(() => loss.backward()).toThrow('SoftmaxWithLoss: backward called before forward')
    expect(() => loss.y).toThrow('SoftmaxWithLoss: y read before forward')
    expect(() => loss.loss).toThrow('SoftmaxWithLoss: loss read before forward')
  })

  it('names itself in errors about logits and labels', () => {
    expect(() => new SoftmaxWithLoss().forward(tensor([[[1]]]), Uint8Array.of(0))).toThrow(
      'SoftmaxWithLoss: logits have shape (1, 1, 1)',
    )
    expect(() => new SoftmaxWithLoss().forward(x, Uint8Array.of(0))).toThrow(
      'SoftmaxWithLoss: 1 labels do not fit 2 samples',
    )
  })

  it('passes NaN to the loss and to the gradient of its sample only', () => {
    const withNaN = x.clone()
    withNaN.data[0] = Number.NaN
    const loss = new SoftmaxWithLoss()
    expect(loss.forward(withNaN, Uint8Array.of(2, 1))).toBeNaN()
    expect([...loss.backward().data].map(Number.isNaN)).toEqual([true, true, true, false, false, false])
  })

  it('does not change logits and labels', () => {
    const t = Uint8Array.of(2, 1)
    const before = [x.data.slice(), soft.data.slice(), t.slice()]
    for (const labels of [soft, t]) {
      const loss = new SoftmaxWithLoss()
      loss.forward(x, labels)
      loss.backward(3)
    }
    expect([x.data, soft.data, t]).toEqual(before)
  })
})

describe('Class indices and one-hot rows', () => {
  it.each(['float32', 'float64'] as const)('give the same bits, %s', (dtype) => {
    const rng = createRng(7)
    const x = randomNormal([64, 10], { rng, std: 4, dtype })
    const t = Uint8Array.from({ length: 64 }, () => rng.integer(10))
    const rows = zeros([64, 10], { dtype })
    t.forEach((label, n) => {
      rows.data[n * 10 + label] = 1
    })
    for (const options of [{}, { labelSmoothing: 0.1 }, { weights: [1, 2, 3, 1, 1, 1, 0, 1, 1, 0.5] }]) {
      const [byIndex, byRow] = [new SoftmaxWithLoss(options), new SoftmaxWithLoss(options)]
      expect(byIndex.forward(x, t)).toBe(byRow.forward(x, rows))
      expect(byIndex.backward(-0.3)).toEqual(byRow.backward(-0.3))
    }
  })
})

describe('Label smoothing and class weights', () => {
  const x = tensor([
    [2, 1, 0],
    [0, 0, 3],
  ])
  const t = Uint8Array.of(0, 1)

  it('spread ε over all classes: the loss of the smoothed labels', () => {
    const smoothed = tensor([
      [0.8, 0.1, 0.1],
      [0.1, 0.8, 0.1],
    ])
    const loss = new SoftmaxWithLoss({ labelSmoothing: 0.3 })
    expect(loss.forward(x, t)).toBeCloseTo(new SoftmaxWithLoss().forward(x, smoothed), 14)
  })

  it('multiply the loss of each sample by the weight of its class; the mean is over the samples', () => {
    const of = (n: number) => new SoftmaxWithLoss().forward(x.row(n), t.subarray(n, n + 1))
    const loss = new SoftmaxWithLoss({ weights: [0.5, 4, 1] })
    expect(loss.forward(x, t)).toBeCloseTo((0.5 * of(0) + 4 * of(1)) / 2, 14)
  })

  it('give what PyTorch 1.13 gives for the same labels as probabilities', () => {
    // F.cross_entropy(x, one_hot, weight=torch.tensor([.5, 4., 1.]), label_smoothing=.2), float64
    const loss = new SoftmaxWithLoss({ labelSmoothing: 0.2, weights: [0.5, 4, 1] })
    expect(loss.forward(x, t)).toBeCloseTo(5.775528225321061, 14)
  })

  it('may be changed between steps', () => {
    const loss = new SoftmaxWithLoss()
    const plain = loss.forward(x, t)
    loss.weights = [2, 2, 2]
    expect(loss.forward(x, t)).toBeCloseTo(2 * plain, 14)
    loss.weights = undefined
    expect(loss.forward(x, t)).toBe(plain)
  })

  it('say what fits', () => {
    expect(() => new SoftmaxWithLoss({ labelSmoothing: 1 })).toThrow('at least 0 and below 1, not 1')
    expect(() => new SoftmaxWithLoss({ weights: [1, 2] }).forward(x, t)).toThrow(
      'weights must be 3 finite numbers',
    )
    expect(() => new SoftmaxWithLoss({ weights: [1, -2, 1] }).forward(x, t)).toThrow('of at least 0')
    expect(() => new SoftmaxWithLoss({ weights: [1, 2, 3] }).forward(x, Uint8Array.of(3, 0))).toThrow(
      'label 3',
    )
  })
})

describe('What predictions stand for', () => {
  it('is softmax, and the class of the largest logit, none where a row contains NaN', () => {
    const x = tensor([
      [0, 0],
      [1, 3],
      [Number.NaN, 1],
    ])
    const loss = new SoftmaxWithLoss()
    expect(loss.probabilities(x.row(0)).toArray()).toEqual([0.5, 0.5])
    expect([...loss.classes(x)]).toEqual([0, 1, -1])
    expect([...loss.classes(x.row(1))]).toEqual([1])
  })
})
