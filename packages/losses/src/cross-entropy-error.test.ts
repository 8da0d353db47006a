import { createRng, div, exp, randomNormal, sum, type Tensor, tensor } from '@gosa/linalg'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { crossEntropyError, logSoftmax, softmax } from './index.ts'

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
  const x = tensor([
    [1, -2, 0.5],
    [0, 3, -1],
  ])

  // python3 -c "import numpy as np; e = np.exp([[1, -2, .5], [0, 3, -1]]); y = e / e.sum(1, keepdims=True); \
  //   print(-np.log(y[[0, 1], [2, 1]]).mean(), -([[.2, .3, .5], [.1, .9, 0]] * np.log(y)).sum() / 2)"   (NumPy 2.4.6)
  it('has the values of NumPy, for classes and for soft labels', () => {
    expect(crossEntropyError(x, Uint8Array.of(2, 1))).toBeCloseTo(0.5352404030498563, 15)
    const soft = tensor([
      [0.2, 0.3, 0.5],
      [0.1, 0.9, 0],
    ])
    expect(crossEntropyError(x, soft)).toBeCloseTo(1.0102404030498562, 15)
  })

  it('of equal logits is log C: nothing is known', () => {
    expect(crossEntropyError(tensor([[7, 7, 7, 7]]), Uint8Array.of(3))).toBeCloseTo(Math.log(4), 15)
  })

  it('is the mean of the samples taken one by one', () => {
    fc.assert(
      fc.property(rows, classes, seed, (N, C, from) => {
        const { x, t, soft } = problem(N, C, from)
        const each = Array.from({ length: N }, (_, n) => crossEntropyError(x.row(n), t.subarray(n, n + 1)))
        const mean = each.reduce((a, b) => a + b) / N
        expect(crossEntropyError(x, t)).toBeCloseTo(mean, 12)
        const softly = Array.from({ length: N }, (_, n) => crossEntropyError(x.row(n), soft.row(n)))
        expect(crossEntropyError(x, soft)).toBeCloseTo(softly.reduce((a, b) => a + b) / N, 12)
      }),
    )
  })

  it('is −log softmax at the right class', () => {
    fc.assert(
      fc.property(classes, seed, (C, from) => {
        const { x, t } = problem(1, C, from)
        expect(crossEntropyError(x, t)).toBeCloseTo(-Math.log(softmax(x).at(0, t[0])), 12)
        expect(crossEntropyError(x, t)).toBe(0 - logSoftmax(x).at(0, t[0]))
      }),
    )
  })

  it('is never negative, and for soft labels never below their entropy (Gibbs)', () => {
    fc.assert(
      fc.property(rows, classes, seed, (N, C, from) => {
        const { x, t, soft } = problem(N, C, from)
        expect(crossEntropyError(x, t)).toBeGreaterThanOrEqual(0)
        const entropy = [...soft.data].reduce((total, p) => total - p * Math.log(p), 0) / N
        expect(crossEntropyError(x, soft)).toBeGreaterThanOrEqual(entropy - 1e-12)
      }),
    )
  })

  it('counts no class of probability 0, even where a logit is −∞', () => {
    expect(crossEntropyError(tensor([-Infinity, 0]), tensor([0, 1]))).toBe(0)
    expect(crossEntropyError(tensor([-Infinity, 0]), tensor([1, 0]))).toBe(Infinity)
  })

  it('of logits that hold NaN is NaN, wherever it stands, so that it is seen', () => {
    for (const row of [0, 1]) {
      const spoilt = x.clone()
      spoilt.data[3 * row] = Number.NaN
      expect(crossEntropyError(spoilt, Uint8Array.of(2, 1))).toBeNaN()
    }
  })

  it('names itself and the shape where the logits are neither (N, C) nor (C)', () => {
    expect(() => crossEntropyError(tensor([[[1]]]), Uint8Array.of(0))).toThrow(
      'crossEntropyError: logits have shape (1, 1, 1), but (N, C) is needed, or (C) for one sample',
    )
  })

  it('leaves logits and labels as they were', () => {
    const { x, t, soft } = problem(3, 4, 1)
    const before = [x.data.slice(), t.slice(), soft.data.slice()]
    crossEntropyError(x, t)
    crossEntropyError(x, soft)
    expect([x.data, t, soft.data]).toEqual(before)
  })
})
