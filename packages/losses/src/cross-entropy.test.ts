import { createRng, div, exp, randomNormal, sum, type Tensor, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossEntropyError, logSoftmax, SoftmaxWithLoss, softmax, softmaxCrossEntropy } from './index.ts'

const seed = fc.integer({ min: 0, max: 2 ** 31 })
const rows = fc.integer({ min: 1, max: 5 })
const classes = fc.integer({ min: 1, max: 12 })

/** Random logits (N, C), random classes, and random probabilities of the same shape. */
function problem(N: number, C: number, from: number): { x: Tensor; t: Uint8Array; soft: Tensor } {
  const rng = createRng(from)
  const x = randomNormal([N, C], { std: 3, rng })
  const t = new Uint8Array(N).map(() => rng.integer(C))
  const weights = exp(randomNormal([N, C], { rng }))
  return { x, t, soft: div(weights, sum(weights, { axis: 1, keepDims: true })) }
}

describe('crossEntropyError', () => {
  // Section 4.2.2 of the book: ten probabilities, the right class is the third.
  const y = tensor([0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0])
  const wrong = tensor([0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0])

  it("has the book's values of section 4.2.2, except for its 1e-7 in the logarithm", () => {
    const t = tensor([0, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    for (const labels of [t, Uint8Array.of(2)]) {
      expect(crossEntropyError(y, labels)).toBeCloseTo(-Math.log(0.6), 15)
      expect(crossEntropyError(y, labels)).toBeCloseTo(0.510825457099338, 6)
      expect(crossEntropyError(wrong, labels)).toBeCloseTo(2.302584092994546, 5)
    }
  })

  it('is the mean over a batch: section 4.2.4', () => {
    const batch = tensor([[...y.data], [...wrong.data]])
    const mean = (crossEntropyError(y, Uint8Array.of(2)) + crossEntropyError(wrong, Uint8Array.of(7))) / 2
    expect(crossEntropyError(batch, Uint8Array.of(2, 7))).toBeCloseTo(mean, 15)
  })

  it('of softmax(x) equals softmaxCrossEntropy(x), for class indices and for soft labels', () => {
    fc.assert(
      fc.property(rows, classes, seed, (N, C, from) => {
        const { x, t, soft } = problem(N, C, from)
        for (const labels of [t, soft]) {
          const ofLogits = softmaxCrossEntropy(x, labels)
          expect(crossEntropyError(softmax(x), labels)).toBeCloseTo(ofLogits, 10)
          expect(new SoftmaxWithLoss().forward(x, labels)).toBe(ofLogits)
        }
      }),
    )
  })

  it('is Infinity if a class of t has probability 0, and ignores classes that t does not hold', () => {
    expect(crossEntropyError(y, Uint8Array.of(3))).toBe(Infinity)
    expect(crossEntropyError(tensor([0, 1]), tensor([0.5, 0.5]))).toBe(Infinity)
    expect(crossEntropyError(tensor([0, 1]), tensor([0, 1]))).toBe(0)
    expect(crossEntropyError(tensor([0, 1]), Uint8Array.of(1))).toBe(0)
  })

  it('throws for logits, naming the function that takes them', () => {
    expect(() =>
      crossEntropyError(
        tensor([
          [0.5, 0.5],
          [-2, 3],
        ]),
        Uint8Array.of(0, 1),
      ),
    ).toThrow(
      'crossEntropyError: y must hold probabilities, from 0 to 1, but element 2 is -2; ' +
        'from logits it is softmaxCrossEntropy(logits, t)',
    )
    expect(() => crossEntropyError(tensor([1.5, 0]), Uint8Array.of(0))).toThrow(/element 0 is 1.5/)
  })

  it('throws for other shapes, and for labels that do not fit', () => {
    expect(() => crossEntropyError(tensor([[[1]]]), Uint8Array.of(0))).toThrow(
      'crossEntropyError: y has shape (1, 1, 1), but (N, C) is needed, or (C) for one sample',
    )
    expect(() => crossEntropyError(y, Uint8Array.of(2, 2))).toThrow(
      'crossEntropyError: 2 labels do not fit 1 samples',
    )
  })

  it('of NaN is NaN', () => {
    expect(crossEntropyError(tensor([Number.NaN, 1]), Uint8Array.of(0))).toBeNaN()
  })

  it('does not change y and t', () => {
    const { x, soft } = problem(3, 4, 1)
    const y = softmax(x)
    const before = [y.data.slice(), soft.data.slice()]
    crossEntropyError(y, soft)
    expect([y.data, soft.data]).toEqual(before)
  })
})

describe('softmaxCrossEntropy', () => {
  const x = tensor([
    [1, -2, 0.5],
    [0, 3, -1],
  ])

  // python3 -c "import numpy as np; e = np.exp([[1, -2, .5], [0, 3, -1]]); y = e / e.sum(1, keepdims=True); \
  //   print(-np.log(y[[0, 1], [2, 1]]).mean(), -([[.2, .3, .5], [.1, .9, 0]] * np.log(y)).sum() / 2)"   (NumPy 2.4.6)
  it('has the values computed by NumPy, for class indices and for soft labels', () => {
    expect(softmaxCrossEntropy(x, Uint8Array.of(2, 1))).toBeCloseTo(0.5352404030498563, 15)
    const soft = tensor([
      [0.2, 0.3, 0.5],
      [0.1, 0.9, 0],
    ])
    expect(softmaxCrossEntropy(x, soft)).toBeCloseTo(1.0102404030498562, 15)
  })

  it('of equal logits is log C', () => {
    expect(softmaxCrossEntropy(tensor([[7, 7, 7, 7]]), Uint8Array.of(3))).toBeCloseTo(Math.log(4), 15)
  })

  it('is the mean of the losses of single samples', () => {
    fc.assert(
      fc.property(rows, classes, seed, (N, C, from) => {
        const { x, t, soft } = problem(N, C, from)
        const each = Array.from({ length: N }, (_, n) => softmaxCrossEntropy(x.row(n), t.subarray(n, n + 1)))
        const mean = each.reduce((a, b) => a + b) / N
        expect(softmaxCrossEntropy(x, t)).toBeCloseTo(mean, 12)
        const softly = Array.from({ length: N }, (_, n) => softmaxCrossEntropy(x.row(n), soft.row(n)))
        expect(softmaxCrossEntropy(x, soft)).toBeCloseTo(softly.reduce((a, b) => a + b) / N, 12)
      }),
    )
  })

  it('is −log softmax at the right class', () => {
    fc.assert(
      fc.property(classes, seed, (C, from) => {
        const { x, t } = problem(1, C, from)
        expect(softmaxCrossEntropy(x, t)).toBeCloseTo(-Math.log(softmax(x).at(0, t[0])), 12)
        expect(softmaxCrossEntropy(x, t)).toBe(0 - logSoftmax(x).at(0, t[0]))
      }),
    )
  })

  it('is never negative, and for soft labels never below their entropy (Gibbs)', () => {
    fc.assert(
      fc.property(rows, classes, seed, (N, C, from) => {
        const { x, t, soft } = problem(N, C, from)
        expect(softmaxCrossEntropy(x, t)).toBeGreaterThanOrEqual(0)
        const entropy = [...soft.data].reduce((total, p) => total - p * Math.log(p), 0) / N
        expect(softmaxCrossEntropy(x, soft)).toBeGreaterThanOrEqual(entropy - 1e-12)
      }),
    )
  })

  it('ignores classes that t does not hold, even if a logit is −∞', () => {
    expect(softmaxCrossEntropy(tensor([-Infinity, 0]), tensor([0, 1]))).toBe(0)
    expect(softmaxCrossEntropy(tensor([-Infinity, 0]), tensor([1, 0]))).toBe(Infinity)
  })

  it('of logits with NaN is NaN, in whichever row', () => {
    for (const row of [0, 1]) {
      const withNaN = x.clone()
      withNaN.data[3 * row] = Number.NaN
      expect(softmaxCrossEntropy(withNaN, Uint8Array.of(2, 1))).toBeNaN()
    }
  })

  it('throws for logits that are neither (N, C) nor (C), naming the function and the shape', () => {
    expect(() => softmaxCrossEntropy(tensor([[[1]]]), Uint8Array.of(0))).toThrow(
      'softmaxCrossEntropy: logits have shape (1, 1, 1), but (N, C) is needed, or (C) for one sample',
    )
  })

  it('does not change logits and labels', () => {
    const { x, t, soft } = problem(3, 4, 1)
    const before = [x.data.slice(), t.slice(), soft.data.slice()]
    softmaxCrossEntropy(x, t)
    softmaxCrossEntropy(x, soft)
    expect([x.data, t, soft.data]).toEqual(before)
  })
})
