import { tensor } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { type Labels, SoftmaxWithLoss, softmaxCrossEntropy } from './index.ts'

const logits = tensor([
  [1, -2, 0.5],
  [0, 3, -1],
])
const loss = (labels: unknown) => () => softmaxCrossEntropy(logits, labels as Labels)

describe('Labels', () => {
  it('mean the same as class indices in either typed array and as one-hot rows', () => {
    const oneHot = tensor([
      [0, 0, 1],
      [0, 1, 0],
    ])
    const byIndex = softmaxCrossEntropy(logits, Uint8Array.of(2, 1))
    expect(softmaxCrossEntropy(logits, Int32Array.of(2, 1))).toBe(byIndex)
    expect(softmaxCrossEntropy(logits, oneHot)).toBe(byIndex)
  })

  it('throw if their number is not that of the samples', () => {
    expect(loss(Uint8Array.of(2))).toThrow('softmaxCrossEntropy: 1 labels do not fit 2 samples')
    expect(() => softmaxCrossEntropy(logits.row(0), Uint8Array.of(2, 1))).toThrow(
      '2 labels do not fit 1 samples',
    )
  })

  it('throw for a class that does not exist, naming the label, the sample and the classes', () => {
    expect(loss(Uint8Array.of(0, 3))).toThrow(
      'softmaxCrossEntropy: label 3 of sample 1 is not one of the 3 classes, 0 to 2',
    )
    expect(loss(Int32Array.of(-1, 0))).toThrow(/label -1 of sample 0/)
  })

  it('throw for any other kind: plain arrays, floats, strings', () => {
    for (const wrong of [[2, 1], Float64Array.of(2, 1), Uint16Array.of(2, 1), '21', undefined]) {
      expect(loss(wrong)).toThrow(TypeError)
    }
    expect(loss([2, 1])).toThrow(/class indices in a Uint8Array or Int32Array, or a tensor of probabilities/)
  })

  it('throw for probabilities without the shape of the logits, naming both shapes', () => {
    expect(loss(tensor([2, 1]))).toThrow(
      'softmaxCrossEntropy: labels of shape (2) do not fit outputs of shape (2, 3); ' +
        'probabilities have the shape of the outputs, class indices go into a Uint8Array or Int32Array',
    )
  })

  it('throw for numbers that are not probabilities: negative, NaN, or not adding up to 1', () => {
    const rows = (second: number[]) => tensor([[0, 0, 1], second])
    expect(loss(rows([0.5, 0.4, 0]))).toThrow(/those of sample 1 add up to 0.9$/)
    expect(loss(rows([1.5, -0.5, 0]))).toThrow(/one is negative/)
    expect(loss(rows([Number.NaN, 0, 1]))).toThrow(RangeError)
    expect(loss(rows([2, 1, 0]))).toThrow(/add up to 3/)
  })

  it('may add up to 1 within the rounding errors of float32, not more', () => {
    const thirds = tensor([Math.fround(0.1), Math.fround(0.2), Math.fround(0.7)])
    expect(softmaxCrossEntropy(logits.row(0), thirds)).toBeGreaterThan(0)
    expect(() => softmaxCrossEntropy(logits.row(0), tensor([0.1, 0.2, 0.7001]))).toThrow(RangeError)
  })

  it('throw for probabilities of another dtype than the logits, already in forward', () => {
    const labels = tensor([[0, 0, 1]], { dtype: 'float32' })
    expect(() => new SoftmaxWithLoss().forward(logits.rows(0, 1), labels)).toThrow(
      'SoftmaxWithLoss: labels are float32 and outputs float64: convert one with astype',
    )
  })
})
