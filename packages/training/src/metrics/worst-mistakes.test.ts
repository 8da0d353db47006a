import { tensor } from '@gosa/linalg'
import { NO_CLASS } from '@gosa/losses'
import { describe, expect, it } from 'vitest'
import { worstMistakes } from './worst-mistakes.ts'

// The network returns its input, so a sample of two pixels is its logits.
const model = { predict: <X>(x: X) => x }
const logits = [
  [9, 0],
  [1, 0],
  [0, 3],
  [2, 0],
  [0, 5],
]
const data = { x: tensor(logits), t: Uint8Array.of(0, 1, 0, 1, 1) }
const predicted = [0, 0, 1, 0, 1]

describe('worstMistakes', () => {
  it('returns the mistakes of which the network was most confident, in order', () => {
    const worst = worstMistakes(model, data, predicted, 2)
    expect(worst.map(({ index, label, predicted }) => [index, label, predicted])).toEqual([
      [2, 0, 1],
      [3, 1, 0],
    ])
    expect(worst[0].probability).toBeCloseTo(1 / (1 + Math.exp(-3)))
    expect(worst[0].probabilityOfLabel).toBeCloseTo(1 - worst[0].probability)
    expect(worstMistakes(model, data, predicted, 9).map(({ index }) => index)).toEqual([2, 3, 1])
    expect(worstMistakes(model, data, data.t, 9)).toEqual([])
  })

  it('considers all mistakes, also when there are thousands', () => {
    const many = {
      x: tensor(Array.from({ length: 2500 }, (_, i) => [i / 1000, 0])),
      t: new Uint8Array(2500).fill(1),
    }
    expect(worstMistakes(model, many, new Uint8Array(2500), 1)[0].index).toBe(2499)
  })

  it('leaves out samples without a prediction', () => {
    const nan = {
      x: tensor([
        [Number.NaN, 0],
        [0, 3],
      ]),
      t: Uint8Array.of(1, 0),
    }
    expect(worstMistakes(model, nan, [NO_CLASS, 1], 9).map(({ index }) => index)).toEqual([1])
  })
})
