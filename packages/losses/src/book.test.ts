import { numericalGradient } from '@gosa/gradcheck'
import { argmax, createRng, full, randomNormal, scale, type Tensor, tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import {
  type Labels,
  meanSquaredError,
  SoftmaxWithLoss,
  softmax,
  softmaxCrossEntropy,
  sumSquaredError,
} from './index.ts'

/**
 * The book's `cross_entropy_error` and `SoftmaxWithLoss.backward` of `common/`, restated for (N, C): labels told apart
 * by size, 1e-7 inside the logarithm, `dout` ignored. Each test shows that it would find the book's fault.
 */
const book = {
  loss(x: Tensor, t: Labels): number {
    const y = softmax(x.rank === 1 ? x.reshape([1, x.size]) : x)
    const classes = book.looksLikeProbabilities(x, t)
      ? argmax((t as Tensor).reshape(y.shape), { axis: 1 })
      : t
    return (
      -[...(classes as Uint8Array)].reduce((sum, c, n) => sum + Math.log(y.at(n, c) + 1e-7), 0) / y.shape[0]
    )
  },
  gradient(x: Tensor, t: Labels): number[] {
    const y = [...softmax(x).data]
    const [first, C] = [book.firstLength(t), x.shape[x.rank - 1]]
    if (book.looksLikeProbabilities(x, t)) return y.map((p, i) => (p - book.numbers(t)[i]) / first)
    return y.map((p, i) => (p - (book.numbers(t)[Math.floor(i / C)] === i % C ? 1 : 0)) / first)
  },
  looksLikeProbabilities: (x: Tensor, t: Labels) => book.numbers(t).length === x.size,
  numbers: (t: Labels): ArrayLike<number> => ('shape' in t ? t.data : t),
  firstLength: (t: Labels): number => ('shape' in t ? t.shape[0] : t.length),
}

function backward(x: Tensor, t: Labels, dout?: number): Tensor {
  const loss = new SoftmaxWithLoss()
  loss.forward(x, t)
  return loss.backward(dout)
}

const furthest = (a: ArrayLike<number>, b: ArrayLike<number>): number =>
  Math.max(...Array.from(a, (value, i) => Math.abs(value - b[i])))

/** How far the gradient that `backward` gives is from the slope of the loss, at the worst logit. */
const disagreement = (x: Tensor, t: Labels, loss: typeof book.loss, gradient: ArrayLike<number>): number =>
  furthest(gradient, numericalGradient((moved) => loss(moved, t), x.clone(), { method: 'five-point' }).data)

describe('Faults of the book’s losses that ours do not have:', () => {
  it('the loss is not capped: a margin of 20, 100 or 1000 for a wrong class costs 20, 100 or 1000', () => {
    for (const gap of [20, 100, 1000]) {
      const x = tensor([[0, gap]])
      expect(softmaxCrossEntropy(x, Uint8Array.of(0))).toBeCloseTo(gap, 8)
      expect(new SoftmaxWithLoss().forward(x, Uint8Array.of(0))).toBeCloseTo(gap, 8)
    }
    // −log 1e-7, whatever the margin.
    expect(book.loss(tensor([[0, 1000]]), Uint8Array.of(0))).toBeCloseTo(16.118, 3)
  })

  it('the loss of a certain and right prediction is not negative', () => {
    expect(softmaxCrossEntropy(tensor([[50, 0]]), Uint8Array.of(0))).toBeGreaterThanOrEqual(0)
    expect(book.loss(tensor([[50, 0]]), Uint8Array.of(0))).toBeLessThan(0)
  })

  it('the gradient is that of the loss itself, without a 1e-7 in only one of them', () => {
    for (const [gap, ofTheBook] of [
      [1, 1e-8],
      [20, 0.9],
    ]) {
      const x = tensor([[0, gap]])
      const t = Uint8Array.of(0)
      expect(disagreement(x, t, softmaxCrossEntropy, backward(x, t).data)).toBeLessThan(1e-9)
      expect(disagreement(x, t, book.loss, book.gradient(x, t))).toBeGreaterThan(ofTheBook)
    }
  })

  it('soft labels stay soft in both loss and gradient, not replaced by their most likely class', () => {
    const x = tensor([
      [1, -2, 0.5],
      [0, 3, -1],
    ])
    const t = tensor([
      [0.4, 0.3, 0.3],
      [0.2, 0.5, 0.3],
    ])
    expect(softmaxCrossEntropy(x, t)).not.toBeCloseTo(softmaxCrossEntropy(x, Uint8Array.of(0, 1)), 1)
    expect(disagreement(x, t, softmaxCrossEntropy, backward(x, t).data)).toBeLessThan(1e-9)
    expect(disagreement(x, t, book.loss, book.gradient(x, t))).toBeGreaterThan(0.1)
  })

  it('three labels for logits (3, 1) are class indices, not one-hot rows, and dx has the shape (3, 1)', () => {
    const x = tensor([[5], [-1], [2]])
    const dx = backward(x, Uint8Array.of(0, 0, 0))
    expect(dx.shape).toEqual([3, 1])
    expect(dx.toArray()).toEqual([[0], [0], [0]])
    expect(book.gradient(x, Uint8Array.of(0, 0, 0))).not.toEqual([0, 0, 0])
  })

  it('labels of shape (N, 1) throw instead of broadcasting to N×N', () => {
    const x = randomNormal([4, 3], { rng: createRng(0) })
    expect(() => softmaxCrossEntropy(x, tensor([[0], [1], [2], [0]]))).toThrow(
      'labels of shape (4, 1) do not fit outputs of shape (4, 3)',
    )
  })

  it('labels of N×N logits are told apart by type: N class indices, or N² probabilities', () => {
    const x = randomNormal([2, 2], { rng: createRng(1) })
    const t = Uint8Array.of(1, 0)
    expect(disagreement(x, t, softmaxCrossEntropy, backward(x, t).data)).toBeLessThan(1e-9)
    expect(() => softmaxCrossEntropy(x, Uint8Array.of(1, 0, 0, 1))).toThrow('4 labels do not fit 2 samples')
  })

  it('the gradient of one sample given as a vector is not divided by the number of classes', () => {
    const x = randomNormal([10], { rng: createRng(2) })
    for (const t of [Uint8Array.of(3), tensor([0, 0, 0, 1, 0, 0, 0, 0, 0, 0])]) {
      expect(disagreement(x, t, softmaxCrossEntropy, backward(x, t).data)).toBeLessThan(1e-9)
    }
    const oneHot = tensor([0, 0, 0, 1, 0, 0, 0, 0, 0, 0])
    expect(furthest(book.gradient(x, oneHot), scale(backward(x, oneHot), 0.1).data)).toBeLessThan(1e-15)
  })

  it('backward honours dout, so that a weighted loss has the gradient of the weighted loss', () => {
    const x = randomNormal([2, 3], { rng: createRng(3) })
    for (const t of [Uint8Array.of(2, 0), full([2, 3], 1 / 3)]) {
      const weighted = (moved: Tensor) => -2.5 * softmaxCrossEntropy(moved, t)
      expect(disagreement(x, t, weighted, backward(x, t, -2.5).data)).toBeLessThan(1e-9)
      expect(disagreement(x, t, weighted, backward(x, t, 1).data)).toBeGreaterThan(0.1)
      expect(backward(x, t, 0).data.every((value) => value === 0)).toBe(true)
    }
  })

  it('sumSquaredError is a sum and meanSquaredError a mean', () => {
    const [y, t] = [tensor([1, 2, 3, 4]), tensor([0, 0, 0, 0])]
    expect(sumSquaredError(y, t)).toBe(30 / 2)
    expect(meanSquaredError(y, t)).toBe(30 / 4)
  })
})
