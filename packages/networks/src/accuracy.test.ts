import { tensor, zeros } from '@gosa/linalg'
import { describe, expect, it } from 'vitest'
import { accuracy } from './index.ts'

const logits = tensor([
  [1, 0, -1],
  [0, 1, 5],
  [2, 3, 1],
])

describe('accuracy', () => {
  it('is the share of rows whose largest logit is at the right class', () => {
    expect(accuracy(logits, Uint8Array.of(0, 2, 1))).toBe(1)
    expect(accuracy(logits, Int32Array.of(0, 1, 1))).toBe(2 / 3)
    expect(accuracy(logits.row(1), Uint8Array.of(2))).toBe(1)
  })

  it('takes the largest probability of soft labels for the right class', () => {
    const t = tensor([
      [0.4, 0.3, 0.3],
      [0.2, 0.2, 0.6],
      [0.5, 0.3, 0.2],
    ])
    expect(accuracy(logits, t)).toBe(2 / 3)
  })

  it('counts a sample with NaN in its logits as wrong, wherever the NaN is', () => {
    for (const at of [0, 1, 2]) {
      const diverged = logits.clone()
      diverged.data[at] = Number.NaN
      expect(accuracy(diverged, Uint8Array.of(at, 2, 1))).toBe(2 / 3)
    }
  })

  it('counts classes above 255', () => {
    const wide = zeros([1, 300])
    wide.data[299] = 1
    expect(accuracy(wide, Int32Array.of(299))).toBe(1)
    expect(accuracy(wide, Int32Array.of(43))).toBe(0)
  })

  it('refuses labels that do not fit, and no samples', () => {
    expect(() => accuracy(logits, Uint8Array.of(0))).toThrow('accuracy: 1 labels do not fit 3 samples')
    expect(() => accuracy(logits, Uint8Array.of(0, 3, 0))).toThrow(/label 3 of sample 1 is not one of/)
    expect(() => accuracy(zeros([0, 3]), new Uint8Array(0))).toThrow(RangeError)
  })
})
